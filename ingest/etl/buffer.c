/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A buffer of an event trace (WMI_BUFFER_HEADER of the Windows SDK), little-endian:
 *
 *   size:4      of the buffer in the file, with its header
 *   saved:4     of it in memory, without what was not used
 *   current:4  references:4  time:8  sequence:8  clock:8
 *   processor:2  logger:2  state:4
 *   offset:4    where its events end, header included; of a packed buffer when unpacked
 *   flags:2     2 events were lost before it, 4 a buffer was, 64 packed
 *   type:2      4: the first one of a file, which holds the log header
 *   other:16
 *   events, each on a multiple of 8; behind them ff, or anything
 *
 * What is packed is all behind the header. The header does not say in which of the two
 * ways: plain LZ77 is tried first, and a stream of the other kind is no sound one of it.
 */
#include "ingest/etl/buffer.h"

#include "ingest/etl/xpress.h"

#include "core/error.h"

#include <stdlib.h>

enum {
	SKIP_TO_PROCESSOR = 28,
	FIRST_EVENT_SYSTEM = 0xc0,
	SYSTEM32 = 1,
	SYSTEM64 = 2,
};

struct head {
	size_t size, saved, offset;
	unsigned processor, flags, type;
	bool good;
};

static struct head read_head(struct slice bytes)
{
	struct cursor c = cursor_over(bytes);
	struct head h = {.size = cursor_le32(&c)};
	h.saved = cursor_le32(&c);
	cursor_skip(&c, 4 + SKIP_TO_PROCESSOR);
	h.processor = cursor_le16(&c);
	cursor_skip(&c, 2 + 4);
	h.offset = cursor_le32(&c);
	h.flags = cursor_le16(&c);
	h.type = cursor_le16(&c);
	cursor_skip(&c, 16);
	h.good = !c.short_read && h.size >= BUFFER_HEAD && h.size <= BUFFER_MAX;
	return h;
}

bool buffers_look_right(struct slice first)
{
	struct head h = read_head(first);
	struct cursor c = cursor_over(slice_part(first, BUFFER_HEAD, first.size));
	cursor_skip(&c, 2);
	unsigned kind = cursor_u8(&c), mark = cursor_u8(&c);
	cursor_skip(&c, 2);
	unsigned hook = cursor_le16(&c);
	return h.good && h.type == BUFFER_TYPE_HEADER && !c.short_read && mark == FIRST_EVENT_SYSTEM &&
	       (kind == SYSTEM32 || kind == SYSTEM64) && hook == 0;
}

static void make_room(unsigned char **bytes, size_t *room, size_t size)
{
	if (size <= *room)
		return;
	*bytes = must_realloc(*bytes, size, 1);
	*room = size;
}

/* What stands behind the header, or fewer bytes at the end of the file. */
static struct slice take_body(struct buffers *b, size_t size)
{
	if (size <= INPUT_BUFFER)
		return input_take(b->in, size);
	size_t got = 0;
	make_room(&b->raw, &b->raw_room, size);
	while (got < size) {
		size_t step = size - got < INPUT_BUFFER ? size - got : INPUT_BUFFER;
		struct slice part = input_take(b->in, step);
		if (part.size)
			memcpy(b->raw + got, part.at, part.size);
		got += part.size;
		if (part.size < step)
			break;
	}
	return slice_of(b->raw, got);
}

static void unpack(struct buffers *b, struct slice packed, size_t size, struct buffer *ret)
{
	bool good = false;
	size_t most = packed.size * BUFFER_UNPACKED_RATE + BUFFER_UNPACKED_FREE;
	if (size > most || size > BUFFER_MAX) {
		ret->problem = "a packed buffer that would be larger than any is";
		return;
	}
	make_room(&b->unpacked, &b->unpacked_room, size);
	size_t got = xpress_unpack(packed, b->unpacked, size, &good);
	if (got < size || !good) {
		size_t other = xpress_huffman_unpack(packed, b->unpacked, size, &good);
		if (other < size) /* the beginning is good in any case */
			got = other > got ? other : xpress_unpack(packed, b->unpacked, size, &good);
		else
			got = other;
	}
	ret->events = slice_of(b->unpacked, got);
	if (got < size)
		ret->problem = "a packed buffer that cannot be unpacked to its end";
}

/* Files of old tools leave `offset` empty. */
static size_t end_of_events(const struct head *h)
{
	bool packed = (h->flags & BUFFER_PACKED) != 0;
	if (h->offset >= BUFFER_HEAD && (packed || h->offset <= h->size))
		return h->offset;
	if (h->saved >= BUFFER_HEAD && (packed || h->saved <= h->size))
		return h->saved;
	return h->size;
}

bool buffers_next(struct buffers *b, struct buffer *ret)
{
	struct slice bytes = input_take(b->in, BUFFER_HEAD);
	*ret = (struct buffer){.problem = NULL};
	if (bytes.size == 0)
		return false;
	b->count++;
	struct head h = read_head(bytes);
	if (!h.good) {
		ret->problem = bytes.size < BUFFER_HEAD ? "the last buffer is cut off"
							: "what stands there is no buffer";
		(void)input_skip(b->in, UINT64_MAX);
		return true;
	}
	ret->processor = h.processor;
	ret->flags = h.flags;
	ret->type = h.type;
	struct slice body = take_body(b, h.size - BUFFER_HEAD);
	bool cut = body.size < h.size - BUFFER_HEAD;
	size_t size = end_of_events(&h) - BUFFER_HEAD;
	if (h.flags & BUFFER_PACKED)
		unpack(b, body, size, ret);
	else
		ret->events = slice_part(body, 0, size);
	if (cut)
		ret->problem = "the last buffer is cut off";
	return true;
}

void buffers_close(struct buffers *b)
{
	free(b->raw);
	free(b->unpacked);
	*b = (struct buffers){.in = b->in};
}
