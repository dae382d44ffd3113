/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_HTTP_H
#define INGEST_CAPTURE_HTTP_H

/*
 * The head of an HTTP/1 request: which host is asked for what.
 */

#include "core/cursor.h"

enum { HTTP_HEAD_MAX = 16 << 10 };

enum http_result {
	HTTP_NOT,
	HTTP_MORE,    /* what is there is filled in */
	HTTP_REQUEST, /* all there is to know */
};

struct http_request {
	struct slice method, target;
	struct slice host; /* without a port; empty where none was said */
	bool connect;      /* `host` is where a proxy was asked to connect to */
};

enum http_result http_request(struct slice stream, struct http_request *ret);

#endif
