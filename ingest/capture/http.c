/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 9112, sections 3 and 5; RFC 9110, sections 7.2 and 9.3.6:
 *
 *   METHOD target HTTP/1.1 CRLF
 *   Host: name[:port] CRLF
 *   … CRLF
 *
 * The target of CONNECT is name:port; that of a request to a proxy begins with
 * "http://name". A Host header is taken before the target, as servers do.
 */
#include "ingest/capture/http.h"

#include "core/error.h"

#include <string.h>

enum { HEADERS_MAX = 128, METHOD_MAX = 16 };

static const char *const methods[] = {
	"GET",   "POST",     "HEAD",   "PUT",   "DELETE",    "CONNECT", "OPTIONS",  "PATCH",
	"TRACE", "PROPFIND", "REPORT", "MKCOL", "SUBSCRIBE", "NOTIFY",  "M-SEARCH",
};

static bool known_method(struct slice word)
{
	for (size_t i = 0; i < LENGTH(methods); i++)
		if (slice_is(word, methods[i]))
			return true;
	return false;
}

/* "name:port" or "[address]:port" without its port. */
static struct slice without_port(struct slice host)
{
	if (slice_starts(host, "[")) {
		size_t end = slice_find(host, ']');
		return slice_part(host, 1, end - 1);
	}
	return slice_part(host, 0, slice_find(host, ':'));
}

/* Where only a part of the line is there: could it become a request? */
static bool begins_method(struct slice stream)
{
	for (size_t i = 0; i < LENGTH(methods); i++) {
		size_t size = strlen(methods[i]);
		bool there = stream.size > size;
		if (there && stream.at[size] != ' ')
			continue;
		if (memcmp(stream.at, methods[i], there ? size : stream.size) == 0)
			return true;
	}
	return false;
}

/* The line in its three parts; false: no request line. */
static bool read_line(struct slice line, struct http_request *ret)
{
	struct cursor c = cursor_over(line);
	if (!cursor_until(&c, ' ', METHOD_MAX, &ret->method) || !known_method(ret->method))
		return false;
	if (!cursor_until(&c, ' ', HTTP_HEAD_MAX, &ret->target) ||
	    !slice_starts(cursor_rest(&c), "HTTP/1."))
		return false;
	ret->connect = slice_is(ret->method, "CONNECT");
	if (ret->connect)
		ret->host = without_port(ret->target);
	else if (slice_starts(ret->target, "http://")) {
		struct slice rest = slice_part(ret->target, 7, ret->target.size);
		ret->host = without_port(slice_part(rest, 0, slice_find(rest, '/')));
	}
	return true;
}

enum http_result http_request(struct slice stream, struct http_request *ret)
{
	struct cursor c = cursor_over(stream);
	struct slice line;
	bool whole;
	*ret = (struct http_request){.connect = false};
	if (stream.size == 0 || !begins_method(stream))
		return HTTP_NOT;
	if (!cursor_line(&c, &line, &whole))
		return HTTP_NOT;
	if (!whole)
		return stream.size < HTTP_HEAD_MAX ? HTTP_MORE : HTTP_NOT;
	if (!read_line(line, ret))
		return HTTP_NOT;
	if (ret->connect)
		return HTTP_REQUEST;
	for (int i = 0; i < HEADERS_MAX && cursor_line(&c, &line, &whole); i++) {
		if (!whole)
			break;
		if (line.size == 0)
			return HTTP_REQUEST;
		if (slice_is_nocase(slice_part(line, 0, 5), "host:")) {
			ret->host = without_port(slice_trim(slice_part(line, 5, line.size)));
			return HTTP_REQUEST;
		}
	}
	return stream.size < HTTP_HEAD_MAX ? HTTP_MORE : HTTP_REQUEST;
}
