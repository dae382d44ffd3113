/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft-ietf-opsawg-pcapng, sections 3 and 4; all numbers in the byte order of the
 * section, which its magic tells:
 *
 *   block     type:4  length:4  body  length:4     (length of all, multiple of 4)
 *   section   0x0A0D0D0A: magic:4  version:2,2  section length:8  options
 *   interface 1: linktype:2 0:2 snaplen:4  options 2 name, 4 address:4 mask:4, 5 address:16
 *             prefix:1, 9 and 14 time, 13 size of the frame check sequence
 *   option    code:2 size:2 value, padded; code 0 ends them
 *
 * A block that breaks this ends the reading: where the next one begins is not
 * known any more.
 */
#include "ingest/capture/pcapng.h"
#include "ingest/registry.h"

#include <stdlib.h>
#include <string.h>

enum {
	BLOCK_HEAD = 8,
	BLOCK_LEAST = 12,
	MAGIC_LITTLE = 0x1A2B3C4D,
	SECTION_VERSION = 1,
	OPTION_NAME = 2,
	OPTION_ADDRESS_V4 = 4,
	OPTION_ADDRESS_V6 = 5,
	OPTION_RESOLUTION = 9,
	OPTION_CHECK = 13,
	OPTION_OFFSET = 14,
	CHECK_MAX = 15,
};

uint16_t pcapng_u16(const struct pcapng *r, struct cursor *c)
{
	return r->big ? cursor_be16(c) : cursor_le16(c);
}

uint32_t pcapng_u32(const struct pcapng *r, struct cursor *c)
{
	return r->big ? cursor_be32(c) : cursor_le32(c);
}

uint64_t pcapng_u64(const struct pcapng *r, struct cursor *c)
{
	return r->big ? cursor_be64(c) : cursor_le64(c);
}

bool pcapng_option(const struct pcapng *r, struct cursor *c, uint16_t *ret_code,
		   struct cursor *ret_value)
{
	*ret_code = pcapng_u16(r, c);
	size_t size = pcapng_u16(r, c);
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

const char *pcapng_name(struct pcapng *r, struct slice name)
{
	AUTO_TEXT struct text shown = text_make(8 * PCAPNG_NAME_MAX);
	text_add_printable(&shown, name, PCAPNG_NAME_MAX);
	return arena_string(r->names, text_slice(&shown));
}

static enum status on_section(struct pcapng *r, struct cursor c, struct error *err)
{
	cursor_skip(&c, 4);
	unsigned major = pcapng_u16(r, &c);
	r->interfaces = 0;
	r->processes = 0;
	return major == SECTION_VERSION ? OK : broken(r, "a section of an unknown version", err);
}

static void read_address(struct pcapng *r, struct cursor c, size_t size)
{
	struct slice bytes = cursor_take(&c, size);
	if (c.short_read)
		return;
	struct address a = size == 4 ? address_v4(bytes.at) : address_v6(bytes.at);
	own_stated(r->d->own, &a);
}

static void read_interface_option(struct pcapng *r, struct pcapng_interface *i, unsigned code,
				  struct cursor c)
{
	size_t check;
	switch (code) {
	case OPTION_NAME:
		i->name = pcapng_name(r, cursor_rest(&c));
		break;
	case OPTION_ADDRESS_V4:
		read_address(r, c, 4);
		break;
	case OPTION_ADDRESS_V6:
		read_address(r, c, 16);
		break;
	case OPTION_RESOLUTION:
		i->time.resolution = cursor_u8(&c);
		break;
	case OPTION_OFFSET:
		i->time.offset_s = (int64_t)pcapng_u64(r, &c);
		break;
	case OPTION_CHECK:
		check = cursor_u8(&c);
		i->check = check <= CHECK_MAX ? check : 0;
		break;
	default:
		break;
	}
}

/* A file that follows another one describes its interfaces anew. */
static bool is_same(const struct pcapng_interface *a, const struct pcapng_interface *b)
{
	return a->linktype == b->linktype && a->snaplen == b->snaplen &&
	       (a->name == b->name || (a->name && b->name && !strcmp(a->name, b->name)));
}

static enum status on_interface(struct pcapng *r, struct cursor c, struct error *err)
{
	uint16_t code;
	struct cursor value;
	if (r->interfaces == PCAPNG_INTERFACES_MAX)
		return broken(r, "a section with more interfaces than are read", err);
	struct pcapng_interface *i = &r->list[r->interfaces], before = *i;
	*i = (struct pcapng_interface){.time = pcapng_time_default()};
	i->linktype = pcapng_u16(r, &c);
	cursor_skip(&c, 2);
	i->snaplen = pcapng_u32(r, &c);
	if (c.short_read)
		return broken(r, "an interface block that is cut off", err);
	for (int n = 0; n < PCAPNG_OPTIONS_MAX && pcapng_option(r, &c, &code, &value); n++)
		read_interface_option(r, i, code, value);
	bool same = r->interfaces < r->known && is_same(&before, i);
	i->number = same ? before.number : r->all_interfaces++;
	r->interfaces++;
	return OK;
}

static enum status on_block(struct pcapng *r, uint32_t type, struct slice body, struct error *err)
{
	struct cursor c = cursor_over(body);
	switch (type) {
	case BLOCK_SECTION:
		return on_section(r, c, err);
	case BLOCK_INTERFACE:
		return on_interface(r, c, err);
	case BLOCK_OLD_PACKET:
	case BLOCK_SIMPLE:
	case BLOCK_PACKET:
		return pcapng_on_packet(r, type, c, err);
	case BLOCK_NAMES:
		return pcapng_on_names(r, c, err);
	case BLOCK_STATISTICS:
		return pcapng_on_statistics(r, c, err);
	case BLOCK_DARWIN_PROCESS:
		pcapng_on_process(r, c);
		return OK;
	case BLOCK_JOURNAL: /* log lines, keys, what others wrote for themselves: no packets */
	case BLOCK_SECRETS:
	case BLOCK_CUSTOM:
	case BLOCK_CUSTOM_PRIVATE:
		return OK;
	default:
		return ingest_skip(r->to, "a block of a type that is not read",
				   r->frame.number + 1, slice_part(body, 0, BLOCK_LEAST), err);
	}
}

/* The head of the next block; in front of a section the byte order is learned. */
static bool read_head(struct pcapng *r, struct input *in, struct slice *ret_head)
{
	struct cursor peek = cursor_over(input_ahead(in, BLOCK_LEAST));
	if (cursor_be32(&peek) == BLOCK_SECTION) {
		cursor_skip(&peek, 4);
		uint32_t magic = cursor_le32(&peek);
		r->big = magic != MAGIC_LITTLE;
		r->section = !r->big || magic == __builtin_bswap32(MAGIC_LITTLE);
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
	uint32_t type = pcapng_u32(r, &c), length = pcapng_u32(r, &c);
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
	input_soon(in);
	struct cursor end = cursor_over(slice_part(body, rest - 4, 4));
	if (pcapng_u32(r, &end) != length)
		return broken(r, "a block whose two lengths differ", err);
	return on_block(r, type, slice_part(body, 0, rest - 4), err);
}

/* What a file held of a capture that may go on in others. */
static enum status write_file(struct pcapng *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_CAPTURE_FILE_READ);
	row_i64(q, 1, r->to->source);
	row_i64(q, 2, r->file);
	row_i64(q, 3, (int64_t)(r->frame.number - r->before));
	return row_end(q, err);
}

/* Flows, streams and what else is known go on; a file has sections of its own. */
static bool next_file(struct pcapng *r, struct input *in)
{
	if (!input_next(in))
		return false;
	r->file++;
	r->before = r->frame.number;
	r->known = r->interfaces > r->known ? r->interfaces : r->known;
	r->interfaces = r->processes = 0;
	r->section = r->end = false;
	return true;
}

static enum status read_files(struct pcapng *r, struct input *in, struct error *err)
{
	enum status status;
	do {
		status = OK;
		while (!status && !r->end)
			status = read_block(r, in, err);
		if (!status && r->to->followed)
			status = write_file(r, err);
	} while (!status && next_file(r, in));
	return status;
}

static enum status read_pcapng(struct ingest *to, struct input *in, uint64_t *ret_records,
			       struct error *err)
{
	struct pcapng *r = must_alloc(1, sizeof *r);
	r->to = to;
	r->names = arena_new(PCAPNG_NAMES_MAX);
	r->d = dissect_new(to);
	enum status status = read_files(r, in, err);
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
	.writes = ROW_WRITES_CAPTURE,
	.sniff = sniff_pcapng,
	.read = read_pcapng,
};
