/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 9112, sections 2.2, 3 and 5; RFC 9110, sections 7.2, 8.6 and 9.3.6:
 *
 *   METHOD target HTTP/1.1 CRLF
 *   Host: name[:port] CRLF
 *   … CRLF
 *
 * The target of CONNECT is name:port; that of a request to a proxy begins with
 * "http://name". A Host header is taken before the target, as servers do. Empty
 * lines in front of a request are passed over.
 */
#include "ingest/capture/http.h"

#include "core/error.h"

#include <string.h>

enum { HEADERS_MAX = 256, METHOD_MAX = 20, EMPTY_MAX = 8 };

/* Those of RFC 9110 and in wide use: they are known from their first letters. */
static const char *const methods[] = {
	"GET",   "POST",     "HEAD",   "PUT",   "DELETE",    "CONNECT", "OPTIONS",  "PATCH",
	"TRACE", "PROPFIND", "REPORT", "MKCOL", "SUBSCRIBE", "NOTIFY",  "M-SEARCH",
};

/* A method that nobody has registered is one too where the version follows. */
static bool is_method(struct slice word)
{
	for (size_t i = 0; i < word.size; i++)
		if ((word.at[i] < 'A' || word.at[i] > 'Z') && word.at[i] != '-' &&
		    word.at[i] != '_')
			return false;
	return word.size > 1;
}

struct slice http_without_port(struct slice host)
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

/* "scheme://[user@]host[:port][/…]" */
static struct slice host_of_target(struct slice target)
{
	size_t scheme = slice_search(target, SLICE("://"));
	if (scheme > 8) /* a path that holds a URI is none */
		return slice_of(NULL, 0);
	struct slice rest = slice_part(target, scheme + 3, target.size);
	rest = slice_part(rest, 0, slice_find(rest, '/'));
	rest = slice_part(rest, 0, slice_find(rest, '?'));
	size_t user = slice_find(rest, '@');
	if (user < rest.size)
		rest = slice_part(rest, user + 1, rest.size);
	return http_without_port(rest);
}

/* The line in its three parts; false: no request line. */
static bool read_line(struct slice line, struct http_request *ret)
{
	struct cursor c = cursor_over(line);
	if (!cursor_until(&c, ' ', METHOD_MAX, &ret->method) || !is_method(ret->method))
		return false;
	if (!cursor_until(&c, ' ', HTTP_HEAD_MAX, &ret->target))
		return false;
	struct slice version = slice_trim(cursor_rest(&c));
	size_t blank = version.size > 8 ? version.size - 9 : 0;
	if (!slice_starts(version, "HTTP/1.") && /* a target with blanks in it */
	    !(version.size > 9 && slice_starts(slice_part(version, blank, 8), " HTTP/1.")))
		return false;
	ret->connect = slice_is(ret->method, "CONNECT");
	if (ret->connect)
		ret->host = http_without_port(ret->target);
	else if (!slice_starts(ret->target, "/"))
		ret->host = ret->proxied = host_of_target(ret->target);
	return true;
}

static void read_header(struct slice line, bool *host_seen, struct http_request *ret)
{
	if (slice_is_nocase(slice_part(line, 0, 5), "host:")) {
		if (!*host_seen && !ret->connect)
			ret->host = http_without_port(slice_trim(slice_part(line, 5, line.size)));
		*host_seen = true;
	} else if (slice_is_nocase(slice_part(line, 0, 15), "content-length:")) {
		struct slice value = slice_trim(slice_part(line, 15, line.size));
		if (!slice_u64(value, UINT64_MAX / 2, &ret->body))
			ret->body = 0;
	}
}

enum http_result http_request(struct slice stream, struct http_request *ret)
{
	struct cursor c = cursor_over(stream);
	struct slice line;
	bool whole, host_seen = false;
	*ret = (struct http_request){.connect = false};
	for (int i = 0; i < EMPTY_MAX && slice_starts(cursor_rest(&c), "\r\n"); i++)
		cursor_skip(&c, 2);
	struct slice start = cursor_rest(&c);
	if (start.size == 0 || start.at[0] < 'A' || start.at[0] > 'Z' ||
	    !cursor_line(&c, &line, &whole))
		return HTTP_NOT;
	if (!whole && !begins_method(start))
		return HTTP_NOT;
	if (!whole)
		return stream.size < HTTP_HEAD_MAX ? HTTP_MORE : HTTP_NOT;
	if (!read_line(line, ret))
		return HTTP_NOT;
	for (int i = 0; i < HEADERS_MAX && cursor_line(&c, &line, &whole); i++) {
		if (!whole)
			break;
		if (line.size == 0) {
			ret->head = stream.size - cursor_left(&c);
			return HTTP_REQUEST;
		}
		read_header(line, &host_seen, ret);
	}
	ret->head = stream.size;
	return stream.size < HTTP_HEAD_MAX ? HTTP_MORE : HTTP_REQUEST;
}
