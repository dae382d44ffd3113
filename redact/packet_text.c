/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two other things that name a host at the beginning of a connection: a ClientHello of
 * TLS (RFC 8446, 4.1.2 and 5.1) and a request of HTTP (RFC 9112, 3).
 *
 *   record     22:1 version:2 length:2, handshake 1:1 length:3 version:2 random:32
 *              session length:1 …, ciphers length:2 …, compressions length:1 …, extensions length:2
 *   extension  type:2 length:2 …
 *   0          list length:2, names of kind:1 length:2 …      16: list length:2, protocols length:1 …
 *
 * Of a hello that goes on in another packet, only what is in this one.
 */
#include "redact/packet_parts.h"

enum {
	HANDSHAKE = 22, CLIENT_HELLO = 1,
	SERVER_NAME = 0, GROUPS = 10, POINTS = 11, SIGNATURES = 13, PROTOCOLS = 16, VERSIONS = 43,
	LINES_MAX = 256,
};

/* A list with its length in front of it, both as they are; false where it is cut. */
static bool keep_list(struct packet *k, size_t *at, size_t end, size_t length_size, bool numbers)
{
	if (*at >= end || end - *at < length_size)
		return false;
	size_t size = length_size == 1 ? packet_u8(k, *at) : packet_be16(k, *at);
	packet_keep(k, *at, length_size);
	*at += length_size;
	if (size > end - *at)
		return false;
	if (numbers)
		packet_keep(k, *at, size);
	*at += size;
	return true;
}

static void mask_names(struct packet *k, size_t at, size_t end)
{
	packet_keep(k, at, end - at < 2 ? 0 : 2);
	for (at += 2; at < end && end - at >= 3;) {
		size_t size = packet_be16(k, at + 1);
		packet_keep(k, at, 3);
		at += 3;
		if (size > end - at)
			size = end - at;
		packet_text(k, MASK_NAME, at, size);
		at += size;
	}
}

static void mask_protocols(struct packet *k, size_t at, size_t end)
{
	packet_keep(k, at, end - at < 2 ? 0 : 2);
	for (at += 2; at < end;) {
		size_t size = packet_u8(k, at);
		packet_keep(k, at, 1);
		at++;
		if (size > end - at)
			size = end - at;
		packet_text(k, MASK_TEXT, at, size);
		at += size;
	}
}

static void mask_extensions(struct packet *k, size_t at, size_t end)
{
	while (at < end && end - at >= 4) {
		unsigned type = packet_be16(k, at);
		size_t size = packet_be16(k, at + 2);
		packet_keep(k, at, 4);
		at += 4;
		size = size > end - at ? end - at : size;
		if (type == SERVER_NAME)
			mask_names(k, at, at + size);
		else if (type == PROTOCOLS)
			mask_protocols(k, at, at + size);
		else if (type == GROUPS || type == POINTS || type == SIGNATURES || type == VERSIONS)
			packet_keep(k, at, size);
		at += size;
	}
}

bool packet_tls(struct packet *k, size_t at, size_t end)
{
	if (at >= end || end - at < 43 || packet_u8(k, at) != HANDSHAKE || packet_u8(k, at + 1) != 3 ||
	    packet_u8(k, at + 5) != CLIENT_HELLO)
		return false;
	size_t record = packet_be16(k, at + 3);
	if (record < end - at - 5)
		end = at + 5 + record;
	packet_keep(k, at, end - at < 11 ? end - at : 11);
	at += 43;
	if (!keep_list(k, &at, end, 1, false) || !keep_list(k, &at, end, 2, true) || !keep_list(k, &at, end, 1, true))
		return true;
	if (at < end && end - at >= 2) {
		packet_keep(k, at, 2);
		mask_extensions(k, at + 2, end);
	}
	return true;
}

static size_t method_size(struct slice payload)
{
	static const char *const methods[] = {"GET ",     "POST ",    "HEAD ",  "PUT ", "DELETE ",
					      "CONNECT ", "OPTIONS ", "PATCH ", "PRI "};
	for (size_t i = 0; i < LENGTH(methods); i++)
		if (slice_starts(payload, methods[i]))
			return slice_find(payload, ' ') + 1;
	return 0;
}

/* "TARGET HTTP/1.1", the target of which may name anything. */
static void mask_request(struct packet *k, size_t at, struct slice line)
{
	size_t space = slice_find(line, ' ');
	packet_text(k, MASK_NAME, at, space);
	packet_text(k, MASK_TEXT, at + space, line.size - space);
}

static void mask_header(struct packet *k, size_t at, struct slice line)
{
	size_t colon = slice_find(line, ':');
	bool host = slice_is_nocase(slice_part(line, 0, colon), "host");
	packet_keep(k, at, host ? colon : 0);
	if (!host)
		packet_text(k, MASK_TEXT, at, colon);
	packet_text(k, host ? MASK_NAME : MASK_PATH, at + colon, line.size - colon);
}

bool packet_http(struct packet *k, size_t at, size_t end)
{
	struct slice payload = slice_part(k->in, at, end > at ? end - at : 0), line;
	size_t from = method_size(payload);
	if (!from)
		return false;
	packet_keep(k, at, from);
	struct cursor c = cursor_over(slice_part(payload, from, payload.size));
	for (int i = 0; i < LINES_MAX && cursor_line(&c, &line, NULL); i++) {
		size_t next = payload.size - cursor_left(&c);
		if (i > 0 && line.size == 0)
			return true; /* behind it stands a body */
		if (i == 0)
			mask_request(k, at + from, line);
		else
			mask_header(k, at + from, line);
		packet_keep(k, at + from + line.size, next - from - line.size);
		from = next;
	}
	return true;
}
