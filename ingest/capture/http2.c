/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 9113, sections 3.4, 4.1 and 6.2; RFC 7541, sections 5, 6 and appendix A:
 *
 *   preface  "PRI * HTTP/2.0" CRLF CRLF "SM" CRLF CRLF
 *   frame    size:24 type:8 flags:8 stream:32 bytes
 *   HEADERS  (1) [padding size:8 if flag 8] [priority:40 if flag 32] header block
 *   block    1 index:7+            a pair of the table
 *            01 index:6+ value     new pair, its name from the table or (0) spelt out
 *            0000 or 0001 index:4+ value   likewise, not to be kept
 *            001 size:5+           size of the dynamic table
 *   string   huffman:1 size:7+ bytes
 *
 * Only the first header block is read: nothing stands in the dynamic table before
 * it, and what it puts there is not what is looked for.
 */
#include "ingest/capture/http2.h"

#include "core/error.h"

#include <string.h>

enum {
	FRAME_HEADERS = 1,
	FLAG_PADDED = 8,
	FLAG_PRIORITY = 32,
	FRAME_MAX = 1 << 14, /* what everybody must take before anything was agreed */
	FRAMES_MAX = 64,
	FIELDS_MAX = 256,
	INDEX_AUTHORITY = 1,
	INDEX_METHOD = 2,
	INDEX_POST = 3,
	INDEX_HOST = 38,
};

static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

static uint32_t read_number(struct cursor *c, unsigned first, unsigned bits)
{
	uint32_t value = first & ((1u << bits) - 1);
	if (value < (1u << bits) - 1)
		return value;
	for (unsigned shift = 0; shift < 21; shift += 7) {
		unsigned byte = cursor_u8(c);
		value += (byte & 127) << shift;
		if (byte < 128)
			return value;
	}
	c->short_read = true; /* no size here is that large */
	return 0;
}

/* A string as text; what cannot be read as such is "". */
static void read_string(struct cursor *c, char *ret, size_t capacity)
{
	unsigned first = cursor_u8(c);
	struct slice bytes = cursor_take(c, read_number(c, first, 7));
	bool good = first & 128 ? http2_huffman(bytes, ret, capacity)
				: slice_to_string(bytes, ret, capacity);
	if (!good)
		ret[0] = 0;
}

static void read_literal(struct cursor *c, unsigned first, unsigned bits,
			 struct http2_request *ret)
{
	char name[HTTP2_TEXT_MAX] = "", value[HTTP2_TEXT_MAX];
	uint32_t index = read_number(c, first, bits);
	if (index == 0)
		read_string(c, name, sizeof name);
	read_string(c, value, sizeof value);
	if (c->short_read)
		return;
	bool authority = index == INDEX_AUTHORITY || !strcmp(name, ":authority");
	bool host = index == INDEX_HOST || !strcmp(name, "host");
	if (authority || (host && ret->authority[0] == 0))
		memcpy(ret->authority, value, sizeof value);
	if ((index == INDEX_METHOD || index == INDEX_POST) && strlen(value) < sizeof ret->method)
		memcpy(ret->method, value, sizeof ret->method);
}

static void read_block(struct cursor c, struct http2_request *ret)
{
	for (int i = 0; i < FIELDS_MAX && cursor_left(&c) > 0 && !c.short_read; i++) {
		unsigned first = cursor_u8(&c);
		if (first >= 128) {
			uint32_t index = read_number(&c, first, 7);
			if (index == INDEX_METHOD || index == INDEX_POST)
				memcpy(ret->method, index == INDEX_METHOD ? "GET\0" : "POST", 5);
		} else if (first >= 64) {
			read_literal(&c, first, 6, ret);
		} else if (first >= 32) {
			(void)read_number(&c, first, 5);
		} else {
			read_literal(&c, first, 4, ret);
		}
	}
}

static void read_headers(struct cursor c, unsigned flags, struct http2_request *ret)
{
	size_t padding = flags & FLAG_PADDED ? cursor_u8(&c) : 0;
	if (flags & FLAG_PRIORITY)
		cursor_skip(&c, 5);
	if (!c.short_read && padding <= cursor_left(&c))
		read_block(cursor_child(&c, cursor_left(&c) - padding), ret);
}

enum http2_result http2_request(struct slice stream, struct http2_request *ret)
{
	struct cursor c = cursor_over(stream);
	struct slice expected = slice_of(preface, sizeof preface - 1);
	*ret = (struct http2_request){.authority = ""};
	struct slice begin = slice_part(stream, 0, expected.size);
	if (!slice_equal(begin, slice_part(expected, 0, begin.size)))
		return HTTP2_NOT;
	cursor_skip(&c, begin.size);
	for (int i = 0; i < FRAMES_MAX; i++) {
		size_t size = cursor_be24(&c);
		unsigned type = cursor_u8(&c), flags = cursor_u8(&c);
		cursor_skip(&c, 4);
		if (size > FRAME_MAX)
			return HTTP2_REQUEST;
		struct cursor frame = cursor_child(&c, size);
		if (c.short_read)
			return HTTP2_MORE;
		if (type == FRAME_HEADERS) {
			read_headers(frame, flags, ret);
			return HTTP2_REQUEST;
		}
	}
	return HTTP2_REQUEST;
}
