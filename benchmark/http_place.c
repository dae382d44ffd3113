/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The URLs that a server of this machine may have: a small part of RFC 3986, so that there is
 * nothing in one that libcurl could read in another way than this.
 */
#include "benchmark/http.h"

#include <stdio.h>

enum { PORT_MAX = 65535, HOST_MAX = 64 };

static const char wanted[] = "wanted http://127.0.0.1:PORT, http://[::1]:PORT, http://localhost:PORT or unix:/PATH";

/* Letters, digits and what a path needs: nothing that is escaped or ends a path. */
static bool is_plain(struct slice path)
{
	for (size_t i = 0; i < path.size; i++) {
		unsigned char c = path.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && (c == 0 || !strchr("/-._~", c)))
			return false;
	}
	return slice_search(path, SLICE("..")) == path.size && slice_search(path, SLICE("//")) == path.size;
}

bool http_place_is_here(const struct http_place *place)
{
	static const unsigned char one[16] = {[15] = 1};
	const struct address *a = &place->address;
	if (a->family == ADDRESS_V4)
		return a->bytes[0] == 127 && !place->socket[0];
	if (a->family == ADDRESS_V6)
		return memcmp(a->bytes, one, sizeof one) == 0 && !place->socket[0];
	return place->socket[0] == '/';
}

/* "[::1]" and "127.0.0.1"; the cursor then stands behind it. */
static bool take_host(struct cursor *c, struct slice *ret)
{
	struct slice rest = cursor_rest(c);
	if (slice_starts(rest, "[")) {
		cursor_skip(c, 1);
		return cursor_until(c, ']', HOST_MAX, ret);
	}
	size_t size = slice_find(rest, ':'), slash = slice_find(rest, '/');
	*ret = cursor_take(c, size < slash ? size : slash);
	return ret->size <= HOST_MAX;
}

static enum status parse_http(const char *url, struct slice rest, struct http_place *ret, struct error *err)
{
	struct cursor c = cursor_over(rest);
	struct slice host;
	uint64_t port = 80;
	if (!take_host(&c, &host))
		return fail(err, ERR_USAGE, "%s: %s", url, wanted);
	ret->by_name = slice_is_nocase(host, "localhost");
	if (!address_parse(ret->by_name ? SLICE("127.0.0.1") : host, &ret->address) || !http_place_is_here(ret))
		return fail(err, ERR_USAGE, "%s: %.*s is not this machine's loopback, and nothing else is asked; %s", url,
			    (int)host.size, host.size ? (const char *)host.at : "", wanted);
	rest = cursor_rest(&c);
	if (slice_starts(rest, ":")) {
		size_t size = slice_find(rest, '/');
		if (!slice_u64(slice_part(rest, 1, size - 1), PORT_MAX, &port) || port == 0)
			return fail(err, ERR_USAGE, "%s: the port is not 1-65535", url);
		rest = slice_part(rest, size, rest.size);
	}
	ret->port = (unsigned)port;
	bool plain = is_plain(rest) && (rest.size == 0 || rest.at[0] == '/');
	if (slice_ends(rest, "/"))
		rest = slice_part(rest, 0, rest.size - 1);
	if (!plain || !slice_to_string(rest, ret->path, sizeof ret->path))
		return fail(err, ERR_USAGE, "%s: there is more in it than a plain path; %s", url, wanted);
	return OK;
}

enum status http_place_parse(const char *url, struct http_place *ret, struct error *err)
{
	struct slice text = slice_of_string(url);
	*ret = (struct http_place){0};
	if (text.size > HTTP_URL_MAX / 2)
		return fail(err, ERR_USAGE, "the URL of a server is longer than %d bytes", HTTP_URL_MAX / 2);
	if (slice_starts(text, "http://"))
		return parse_http(url, slice_part(text, 7, text.size), ret, err);
	if (slice_starts(text, "https://"))
		return fail(err, ERR_USAGE, "%s: servers on this machine are asked without TLS; %s", url, wanted);
	if (!slice_starts(text, "unix:/"))
		return fail(err, ERR_USAGE, "%s: %s", url, wanted);
	if (!slice_to_string(slice_part(text, 5, text.size), ret->socket, sizeof ret->socket))
		return fail(err, ERR_USAGE, "%s: the path of a socket has at most %d bytes", url, HTTP_SOCKET_MAX - 1);
	return OK;
}

void http_place_text(const struct http_place *place, char ret[static HTTP_URL_MAX])
{
	char address[ADDRESS_TEXT_MAX];
	address_text(&place->address, address);
	if (place->socket[0])
		snprintf(ret, HTTP_URL_MAX, "unix:%s", place->socket);
	else
		snprintf(ret, HTTP_URL_MAX, place->address.family == ADDRESS_V6 ? "http://[%s]:%u%s" : "http://%s:%u%s",
			 address, place->port, place->path);
}
