/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_CAPTURE_CUT_H
#define TESTS_UNIT_CAPTURE_CUT_H

/*
 * A pcapng capture cut into several files between its packets, each with the section and
 * the interfaces that were described until then; and a pcap capture as a pcapng one.
 */

#include "tests/unit/test.h"

#include "core/capture_name.h"
#include "core/text.h"

enum { CUT_BLOCK_MAX = 1 << 20, CUT_HEAD_MAX = 1 << 16 };

struct cut {
	const struct scratch *s;
	unsigned every, first; /* packets of a file; of the first one */
	unsigned number, packets;
	struct text head, file; /* what each begins with; the file at hand */
};

static inline void cut_number(struct text *t, uint32_t value)
{
	const unsigned char bytes[] = {(unsigned char)value, (unsigned char)(value >> 8), (unsigned char)(value >> 16),
				       (unsigned char)(value >> 24)};
	text_add(t, slice_of(bytes, sizeof bytes));
}

static inline void cut_put(struct cut *c)
{
	char name[CAPTURE_NAME_MAX];
	capture_name(++c->number, name);
	scratch_put(c->s, name, text_slice(&c->file));
	text_clear(&c->file);
	c->packets = 0;
}

/* False where it holds what stands for all that follows in its section. */
static inline bool cut_block(struct cut *c, uint32_t type, struct slice whole)
{
	bool packet = type == 2 || type == 3 || type == 6, described = type == 1 || type == 0x0A0D0D0A;
	if (type == 0x80000001 || (type == 0x0A0D0D0A && c->head.size))
		return false;
	if (packet && c->packets == (c->number ? c->every : c->first) && c->number + 1 < CAPTURE_FILES_MAX) {
		cut_put(c);
		text_add(&c->file, text_slice(&c->head));
	}
	c->packets += packet;
	text_add(&c->file, whole);
	if (described)
		text_add(&c->head, whole);
	return true;
}

/* Writes capture.pcapng and so on into the folder, `first` packets into the first and `every`
 * into the others; how many files, or 0 where this capture is not to be cut. */
static inline unsigned cut_capture(const struct scratch *s, struct slice all, unsigned first, unsigned every)
{
	struct cut c = {.s = s, .every = every, .first = first, .head = text_make(CUT_HEAD_MAX), .file = text_make(all.size + CUT_HEAD_MAX)};
	bool good = true;
	struct cursor blocks = cursor_over(all);
	while (good && cursor_left(&blocks) >= 12) {
		struct cursor head = blocks;
		uint32_t type = cursor_le32(&head), size = cursor_le32(&head);
		struct slice whole = cursor_take(&blocks, size);
		good = size >= 12 && size % 4 == 0 && whole.size == size && cut_block(&c, type, whole);
	}
	good = good && cursor_left(&blocks) == 0 && !c.head.overflow && !c.file.overflow;
	if (good)
		cut_put(&c);
	text_free(&c.head);
	text_free(&c.file);
	return good ? c.number : 0;
}

static inline void cut_block_of(struct text *ret, uint32_t type, struct slice body)
{
	uint32_t length = (uint32_t)((body.size + 3) / 4 * 4 + 12);
	cut_number(ret, type);
	cut_number(ret, length);
	text_add(ret, body);
	text_add(ret, slice_of("\0\0\0", (4 - body.size % 4) % 4));
	cut_number(ret, length);
}

/* A pcap file of little-endian microseconds; false where it is another one. */
static inline bool cut_from_pcap(struct slice pcap, struct text *ret)
{
	struct cursor c = cursor_over(pcap);
	if (cursor_le32(&c) != 0xa1b2c3d4)
		return false;
	cursor_skip(&c, 12);
	uint32_t snaplen = cursor_le32(&c), linktype = cursor_le32(&c);
	AUTO_TEXT struct text body = text_make(CUT_BLOCK_MAX);
	cut_number(&body, 0x1A2B3C4D);
	cut_number(&body, 1);
	cut_number(&body, UINT32_MAX);
	cut_number(&body, UINT32_MAX);
	cut_block_of(ret, 0x0A0D0D0A, text_slice(&body));
	text_clear(&body);
	cut_number(&body, linktype & 0xffff);
	cut_number(&body, snaplen);
	cut_block_of(ret, 1, text_slice(&body));
	while (cursor_left(&c) >= 16) {
		uint64_t seconds = cursor_le32(&c), time = seconds * 1000000 + cursor_le32(&c);
		uint32_t kept = cursor_le32(&c), size = cursor_le32(&c);
		struct slice bytes = cursor_take(&c, kept);
		if (c.short_read)
			return false;
		text_clear(&body);
		cut_number(&body, 0);
		cut_number(&body, (uint32_t)(time >> 32));
		cut_number(&body, (uint32_t)time);
		cut_number(&body, kept);
		cut_number(&body, size);
		text_add(&body, bytes);
		cut_block_of(ret, 6, text_slice(&body));
	}
	return !ret->overflow && !body.overflow;
}

#endif
