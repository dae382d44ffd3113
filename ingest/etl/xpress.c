/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plain LZ77 (MS-XCA 2.4). Groups of
 *
 *   flags:4   from the highest bit: 0 a byte as it is, 1 a match
 *   match:2   upper 13 bits: distance - 1; lower 3: length - 3, and where they are 7:
 *     half:1    lower, then for the next such match the upper 4 bits: length - 10,
 *               and where they are 15:
 *     more:1    length - 25, and where it is 255:
 *     all:2     length - 3, and where it is 0:
 *     all:4     length - 3
 *
 * All numbers little-endian. A match flag at the end of the input ends it.
 */
#include "ingest/etl/xpress.h"

#include "ingest/etl/xpress_copy.h"

enum {
	FLAGS = 32,
	LENGTH_BITS = 3,
	LENGTH_MASK = 7,
	HALF_MASK = 15,
	BYTE_MASK = 255,
	LENGTH_LEAST = 3,
};

struct plain {
	struct cursor c;
	struct unpacked out;
	unsigned half; /* kept for the next match */
	bool has_half;
};

/* The lengths that do not fit into three bits, less LENGTH_LEAST. False: none is that. */
static bool read_length(struct plain *p, size_t *ret)
{
	unsigned half = p->half;
	if (!p->has_half) {
		unsigned byte = cursor_u8(&p->c);
		half = byte & HALF_MASK;
		p->half = byte >> 4;
	}
	p->has_half = !p->has_half;
	*ret = half + LENGTH_MASK;
	if (half < HALF_MASK)
		return !p->c.short_read;
	size_t more = cursor_u8(&p->c);
	*ret = more + HALF_MASK + LENGTH_MASK;
	if (more < BYTE_MASK)
		return !p->c.short_read;
	size_t all = cursor_le16(&p->c);
	if (all == 0)
		all = cursor_le32(&p->c);
	*ret = all;
	return !p->c.short_read && all >= HALF_MASK + LENGTH_MASK;
}

static bool read_match(struct plain *p)
{
	unsigned match = cursor_le16(&p->c);
	size_t length = match & LENGTH_MASK;
	if (length == LENGTH_MASK && !read_length(p, &length))
		return false;
	return !p->c.short_read &&
	       unpacked_repeat(&p->out, (match >> LENGTH_BITS) + (size_t)1, length + LENGTH_LEAST);
}

size_t xpress_unpack(struct slice packed, unsigned char *to, size_t room, bool *ret_good)
{
	struct plain p = {.c = cursor_over(packed), .out = {to, 0, room}};
	uint32_t flags = 0;
	unsigned left = 0;
	bool good = true;
	while (good && !unpacked_full(&p.out)) {
		if (left == 0) {
			if (cursor_left(&p.c) == 0)
				break;
			flags = cursor_le32(&p.c);
			left = FLAGS;
		}
		bool match = flags >> (FLAGS - 1);
		flags <<= 1;
		left--;
		if (cursor_left(&p.c) == 0)
			break;
		if (match)
			good = read_match(&p);
		else
			good = unpacked_put(&p.out, cursor_u8(&p.c));
	}
	*ret_good = good && !p.c.short_read;
	return p.out.used;
}
