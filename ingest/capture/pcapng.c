/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft-ietf-opsawg-pcapng, sections 3 and 4; all numbers in the byte order of the
 * section, which its magic tells:
 *
 *   block     type:4  length:4  body  length:4     (length of all, multiple of 4)
 *   section   0x0A0D0D0A: magic:4  version:2,2  section length:8  options
 *   interface 1: linktype:2 0:2 snaplen:4  options
 *   packet    6: interface:4 time:4,4 captured:4 original:4  bytes, padded  options
 *   old packet 2: interface:2 drops:2 time:4,4 captured:4 original:4  bytes, padded
 *   simple    3: original:4  bytes, padded
 *   option    code:2 size:2 value, padded; code 0 ends them
 *
 * A block that breaks this ends the reading: where the next one begins is not
 * known any more.
 */
#include "ingest/capture/dissect.h"
#include "ingest/registry.h"

#include "core/arena.h"
#include "ingest/capture/pcapng_time.h"

#include <stdlib.h>

enum {
	BLOCK_SECTION = 0x0A0D0D0A,
	BLOCK_INTERFACE = 1,
	BLOCK_OLD_PACKET = 2,
	BLOCK_SIMPLE = 3,
	BLOCK_PACKET = 6,
	BLOCK_HEAD = 8,
	BLOCK_LEAST = 12,
	MAGIC_LITTLE = 0x1A2B3C4D,
	OPTION_NAME = 2,
	OPTION_RESOLUTION = 9,
	OPTION_OFFSET = 14,
	OPTION_FLAGS = 2,
	OPTIONS_MAX = 1024,
	INTERFACES_MAX = 4096, /* of one section */
	NAME_MAX_BYTES = 256,
	NAMES_MAX = 1 << 20, /* bytes, of all interfaces */
};

struct interface {
	unsigned linktype;
	uint32_t snaplen;
	uint32_t number; /* over the whole file */
	const char *name;
	struct pcapng_time time;
};

struct pcapng {
	struct dissect *d;
	struct ingest *to;
	struct arena *names;
	struct frame frame;
	bool big, section; /* byte order; whether one was begun */
	bool end;
	size_t interfaces;
	uint32_t all_interfaces;
	uint64_t blocks;
	struct interface list[INTERFACES_MAX];
};

static uint16_t read_u16(const struct pcapng *r, struct cursor *c)
{
	return r->big ? cursor_be16(c) : cursor_le16(c);
}

static uint32_t read_u32(const struct pcapng *r, struct cursor *c)
{
	return r->big ? cursor_be32(c) : cursor_le32(c);
}

static uint64_t read_u64(const struct pcapng *r, struct cursor *c)
{
	return r->big ? cursor_be64(c) : cursor_le64(c);
}

/* The next option; false at their end, and where they break off. */
static bool read_option(const struct pcapng *r, struct cursor *c, uint16_t *ret_code,
			struct cursor *ret_value)
{
	*ret_code = read_u16(r, c);
	size_t size = read_u16(r, c);
	*ret_value = cursor_child(c, size);
	if (c->short_read || *ret_code == 0)
		return false;
	size_t padding = (4 - size % 4) % 4;
	cursor_skip(c, padding < cursor_left(c) ? padding : cursor_left(c));
	return true;
}

static enum status broken(struct pcapng *r, const char *reason, struct error *err)
{
	r->end = true;
	return ingest_skip(r->to, reason, r->frame.number + 1, slice_of(NULL, 0), err);
}

static enum status on_interface(struct pcapng *r, struct cursor c, struct error *err)
{
	uint16_t code;
	struct cursor value;
	if (r->interfaces == INTERFACES_MAX)
		return broken(r, "a section with more interfaces than are read", err);
	struct interface *i = &r->list[r->interfaces];
	*i = (struct interface){.time = pcapng_time_default()};
	i->linktype = read_u16(r, &c);
	cursor_skip(&c, 2);
	i->snaplen = read_u32(r, &c);
	if (c.short_read)
		return broken(r, "an interface block that is cut off", err);
	i->number = r->all_interfaces++;
	r->interfaces++;
	for (int n = 0; n < OPTIONS_MAX && read_option(r, &c, &code, &value); n++) {
		if (code == OPTION_NAME) {
			AUTO_TEXT struct text name = text_make(8 * NAME_MAX_BYTES);
			text_add_printable(&name, cursor_rest(&value), NAME_MAX_BYTES);
			i->name = arena_string(r->names, text_slice(&name));
		} else if (code == OPTION_RESOLUTION) {
			i->time.resolution = cursor_u8(&value);
		} else if (code == OPTION_OFFSET) {
			i->time.offset_s = (int64_t)read_u64(r, &value);
		}
	}
	return OK;
}

/* Bits 0 and 1 of the flags: 1 came in, 2 went out. */
static enum way read_way(const struct pcapng *r, struct cursor c)
{
	uint16_t code;
	struct cursor value;
	for (int n = 0; n < OPTIONS_MAX && read_option(r, &c, &code, &value); n++)
		if (code == OPTION_FLAGS) {
			unsigned flags = read_u32(r, &value) & 3;
			return flags == 1 ? WAY_IN : flags == 2 ? WAY_OUT : WAY_UNKNOWN;
		}
	return WAY_UNKNOWN;
}

static enum status on_packet(struct pcapng *r, uint32_t type, struct cursor c, struct error *err)
{
	size_t captured, original, at = 0;
	uint64_t time = 0;
	r->frame.number++;
	if (type == BLOCK_SIMPLE) {
		original = read_u32(r, &c);
		captured = original;
	} else {
		at = type == BLOCK_PACKET ? read_u32(r, &c) : read_u16(r, &c);
		if (type == BLOCK_OLD_PACKET)
			cursor_skip(&c, 2);
		time = (uint64_t)read_u32(r, &c) << 32;
		time |= read_u32(r, &c);
		captured = read_u32(r, &c);
		original = read_u32(r, &c);
	}
	if (at >= r->interfaces)
		return ingest_skip(r->to, "a packet of an interface that was not described",
				   r->frame.number, slice_of(NULL, 0), err);
	const struct interface *i = &r->list[at];
	if (type == BLOCK_SIMPLE && i->snaplen && captured > i->snaplen)
		captured = i->snaplen;
	r->frame.bytes = cursor_take(&c, captured);
	if (c.short_read)
		return ingest_skip(r->to, "a packet longer than its block", r->frame.number,
				   slice_of(NULL, 0), err);
	cursor_skip(&c, (4 - captured % 4) % 4);
	r->frame.original = original > captured ? original : captured;
	r->frame.linktype = i->linktype;
	r->frame.interface = i->number;
	r->frame.iface = i->name;
	r->frame.time_ns = pcapng_time_ns(&i->time, time);
	r->frame.way = type == BLOCK_SIMPLE ? WAY_UNKNOWN : read_way(r, c);
	return dissect_packet(r->d, &r->frame, err);
}

static enum status on_block(struct pcapng *r, uint32_t type, struct slice body, struct error *err)
{
	struct cursor c = cursor_over(body);
	switch (type) {
	case BLOCK_INTERFACE:
		return on_interface(r, c, err);
	case BLOCK_OLD_PACKET:
	case BLOCK_SIMPLE:
	case BLOCK_PACKET:
		return on_packet(r, type, c, err);
	default: /* names, statistics, secrets, comments of others: nothing for a row */
		return OK;
	}
}

/* The head of the next block; in front of a section the byte order is learned. */
static bool read_head(struct pcapng *r, struct input *in, struct slice *ret_head)
{
	struct cursor peek = cursor_over(input_peek(in));
	if (cursor_be32(&peek) == BLOCK_SECTION) {
		cursor_skip(&peek, 4);
		uint32_t magic = cursor_le32(&peek);
		r->big = magic != MAGIC_LITTLE;
		r->section = !r->big || magic == __builtin_bswap32(MAGIC_LITTLE);
		r->interfaces = 0;
	}
	*ret_head = input_take(in, BLOCK_HEAD);
	return ret_head->size > 0;
}

static enum status read_block(struct pcapng *r, struct input *in, struct error *err)
{
	struct slice head;
	if (!read_head(r, in, &head)) {
		r->end = true;
		return OK;
	}
	struct cursor c = cursor_over(head);
	uint32_t type = read_u32(r, &c), length = read_u32(r, &c);
	if (c.short_read)
		return broken(r, "the last block is cut off", err);
	if (!r->section)
		return broken(r, "a section without its magic number", err);
	if (length < BLOCK_LEAST || length % 4 != 0)
		return broken(r, "a block of an impossible length", err);
	size_t rest = length - BLOCK_HEAD;
	if (rest > INPUT_BUFFER) {
		r->end = input_skip(in, rest) < rest;
		return ingest_skip(r->to, "a block longer than is read", r->frame.number + 1, head,
				   err);
	}
	struct slice body = input_take(in, rest);
	if (body.size < rest)
		return broken(r, "the last block is cut off", err);
	struct cursor end = cursor_over(slice_part(body, rest - 4, 4));
	if (read_u32(r, &end) != length)
		return broken(r, "a block whose two lengths differ", err);
	return on_block(r, type, slice_part(body, 0, rest - 4), err);
}

static enum status read_pcapng(struct ingest *to, struct input *in, uint64_t *ret_records,
			       struct error *err)
{
	struct pcapng *r = must_alloc(1, sizeof *r);
	r->to = to;
	r->names = arena_new(NAMES_MAX);
	enum status status = dissect_new(to, &r->d, err);
	while (!status && !r->end)
		status = read_block(r, in, err);
	if (!status)
		status = dissect_end(r->d, err);
	*ret_records = r->frame.number;
	dissect_free(r->d);
	arena_free(r->names);
	free(r);
	return status;
}

static unsigned sniff_pcapng(struct slice first)
{
	struct cursor c = cursor_over(first);
	uint32_t type = cursor_be32(&c);
	cursor_skip(&c, 4);
	uint32_t magic = cursor_le32(&c);
	return type == BLOCK_SECTION &&
			       (magic == MAGIC_LITTLE || magic == __builtin_bswap32(MAGIC_LITTLE))
		       ? 100
		       : 0;
}

const struct reader reader_pcapng = {
	.name = "pcapng",
	.reads = "a packet capture in the pcapng format, also that of a session",
	.sniff = sniff_pcapng,
	.read = read_pcapng,
};
