/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_HTTP2_H
#define INGEST_CAPTURE_HTTP2_H

/*
 * HTTP/2 without TLS: the authority of the first request.
 */

#include "core/cursor.h"

enum { HTTP2_TEXT_MAX = 256 };

struct http2_request {
	char authority[HTTP2_TEXT_MAX]; /* NUL-terminated; "" where it was not said */
	char method[32];
};

enum http2_result { HTTP2_NOT, HTTP2_MORE, HTTP2_REQUEST };

/* `stream` begins with the preface of a client. */
enum http2_result http2_request(struct slice stream, struct http2_request *ret);

/* Huffman-coded text (RFC 7541, 5.2). False where it breaks the code or does not fit
 * with a NUL behind. */
bool http2_huffman(struct slice coded, char *ret, size_t capacity);

#endif
