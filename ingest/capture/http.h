/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_HTTP_H
#define INGEST_CAPTURE_HTTP_H

/*
 * The head of an HTTP/1 request: which host is asked for what.
 */

#include "core/cursor.h"

enum { HTTP_HEAD_MAX = 32 << 10 };

enum http_result {
	HTTP_NOT,
	HTTP_MORE,    /* what is there is filled in */
	HTTP_REQUEST, /* the head is whole */
};

struct http_request {
	struct slice method, target;
	struct slice host;     /* without a port; empty where none was said */
	struct slice proxied;  /* the host of a target that names one: a proxy is asked */
	bool connect;          /* `host` is where a proxy was asked to connect to */
	size_t head;           /* bytes up to the end of the head */
	uint64_t body;         /* bytes behind it that its header announces */
};

/* Reads the head of a request from the front of `stream` (RFC 9112, 2 and 3); its slices point
 * into that. */
enum http_result http_request(struct slice stream, struct http_request *ret);

/* "name:port" or "[address]:port" without its port. */
struct slice http_without_port(struct slice host);

#endif
