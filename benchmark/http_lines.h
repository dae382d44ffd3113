/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_HTTP_LINES_H
#define BENCHMARK_HTTP_LINES_H

/*
 * Lines out of bytes that come in pieces of any size. A line ends with LF or CRLF, and
 * with a CR alone where the format says so (server-sent events do).
 */

#include "core/text.h"

struct http_lines {
	struct text line; /* owned: what has come of the line that is not whole yet */
	bool cr_ends, after_cr;
};

enum http_lines_end {
	HTTP_LINES_MORE,     /* all was taken, and more may come */
	HTTP_LINES_UNWANTED, /* each() wanted no more */
	HTTP_LINES_TOO_LONG, /* a line is longer than the maximum */
};

struct http_lines http_lines_make(size_t max, bool cr_ends);
void http_lines_free(struct http_lines *l);

/* Hands out each line that becomes whole, without its end; it is valid during the call. */
enum http_lines_end http_lines_feed(struct http_lines *l, struct slice bytes,
				    bool (*each)(void *context, struct slice line), void *context);

/* What stands there without an end. */
struct slice http_lines_rest(const struct http_lines *l);

#endif
