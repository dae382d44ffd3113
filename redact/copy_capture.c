/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft-ietf-opsawg-pcapng, sections 3 and 4, little-endian, as the collector writes it on
 * all its systems:
 *
 *   block     type:4  length:4  body  length:4        (length of all, multiple of 4)
 *   section   0x0A0D0D0A: magic:4 …
 *   interface 1: linktype:2 0:2 snaplen:4  options
 *   packet    6: interface:4 time:8 captured:4 original:4  bytes, padded  options
 *   statistics 5: interface:4 time:8  options
 *   option    code:2 length:2 value, padded to 4; code 0 ends them
 *
 * Every block is written anew: of options only numbers and the name of an interface; blocks
 * of other kinds (names, secrets of decryption, comments of others) are left out.
 */
#include "redact/copy_parts.h"
#include "redact/packet_mask.h"

#include <stdlib.h>
#include <string.h>

enum {
	BLOCK_SECTION = 0x0A0D0D0A, BLOCK_INTERFACE = 1, BLOCK_STATISTICS = 5, BLOCK_PACKET = 6,
	MAGIC = 0x1A2B3C4D,
	BLOCK_MAX = 16 << 20,
	INTERFACES_MAX = 1024,
	INTERFACE_NAME = 2, INTERFACE_RESOLUTION = 9, INTERFACE_OFFSET = 14,
	PACKET_FLAGS = 2, PACKET_DROPPED = 4,
	NAME_MAX_BYTES = 256,
};

struct capture {
	struct copy *c;
	struct text *out;
	unsigned linktypes[INTERFACES_MAX];
	size_t count;
};

static void add_u16(struct text *out, uint32_t value)
{
	const unsigned char bytes[] = {(unsigned char)value, (unsigned char)(value >> 8)};
	text_add(out, slice_of(bytes, sizeof bytes));
}

static void add_u32(struct text *out, uint32_t value)
{
	add_u16(out, value & 0xffff);
	add_u16(out, value >> 16);
}

static void add_padding(struct text *out, size_t size)
{
	text_add(out, slice_of("\0\0\0", (4 - size % 4) % 4));
}

/* A block's length is known when it ends. */
static size_t begin_block(struct text *out, uint32_t type)
{
	size_t at = out->size;
	add_u32(out, type);
	add_u32(out, 0);
	return at;
}

static void end_block(struct text *out, size_t at)
{
	add_u32(out, (uint32_t)(out->size + 4 - at));
	if (!out->overflow)
		memcpy(out->at + at + 4, out->at + out->size - 4, 4);
}

static void add_option(struct text *out, uint32_t code, struct slice value)
{
	add_u16(out, code);
	add_u16(out, (uint32_t)value.size);
	text_add(out, value);
	add_padding(out, value.size);
}

static void add_interface_name(struct capture *p, struct slice value)
{
	unsigned char name[NAME_MAX_BYTES];
	size_t size = value.size < sizeof name ? value.size : sizeof name;
	memcpy(name, value.at, size);
	mask_text(p->c->p, MASK_PATH, name, size);
	add_option(p->out, INTERFACE_NAME, slice_of(name, size));
}

/* Which options of a block are numbers, and how many bytes. */
static bool is_number(uint32_t block, uint32_t code, size_t size)
{
	switch (block) {
	case BLOCK_INTERFACE:
		return (code == INTERFACE_RESOLUTION && size == 1) || (code == INTERFACE_OFFSET && size == 8);
	case BLOCK_PACKET:
		return (code == PACKET_FLAGS && size == 4) || (code == PACKET_DROPPED && size == 8);
	default:
		return code >= 2 && code <= 8 && size == 8;
	}
}

static void copy_options(struct capture *p, uint32_t block, struct cursor *c)
{
	bool any = false;
	while (cursor_left(c) >= 4) {
		uint32_t code = cursor_le16(c);
		size_t size = cursor_le16(c);
		struct slice value = cursor_take(c, size);
		cursor_skip(c, (4 - size % 4) % 4);
		if (code == 0 || value.size != size)
			break;
		bool name = block == BLOCK_INTERFACE && code == INTERFACE_NAME;
		if (name && size)
			add_interface_name(p, value);
		else if (is_number(block, code, size))
			add_option(p->out, code, value);
		any = any || name || is_number(block, code, size);
	}
	if (any)
		add_option(p->out, 0, slice_of(NULL, 0));
}

static const char *copy_section(struct capture *p, struct cursor *c)
{
	if (cursor_le32(c) != MAGIC || cursor_le16(c) != 1)
		return "in another byte order, or of another version, than the collector's";
	size_t at = begin_block(p->out, BLOCK_SECTION);
	add_u32(p->out, MAGIC);
	add_u32(p->out, 1);
	add_u32(p->out, UINT32_MAX); /* its length is not told */
	add_u32(p->out, UINT32_MAX);
	end_block(p->out, at);
	p->count = 0;
	return NULL;
}

static const char *copy_interface(struct capture *p, struct cursor *c)
{
	uint32_t linktype = cursor_le16(c);
	cursor_skip(c, 2);
	uint32_t snaplen = cursor_le32(c);
	if (c->short_read || p->count == INTERFACES_MAX)
		return "a block of an interface that is cut, or too many of them";
	p->linktypes[p->count++] = linktype;
	size_t at = begin_block(p->out, BLOCK_INTERFACE);
	add_u32(p->out, linktype);
	add_u32(p->out, snaplen);
	copy_options(p, BLOCK_INTERFACE, c);
	end_block(p->out, at);
	return NULL;
}

static const char *copy_packet(struct capture *p, struct cursor *c)
{
	uint32_t interface = cursor_le32(c), high = cursor_le32(c), low = cursor_le32(c), kept = cursor_le32(c),
		 size = cursor_le32(c);
	struct slice packet = cursor_take(c, kept);
	cursor_skip(c, (4 - kept % 4) % 4);
	if (c->short_read || interface >= p->count)
		return "a packet that is cut, or of an interface that is not there";
	unsigned char *masked = must_alloc(packet.size + 1, 1);
	const struct packet_masked result = packet_mask(p->c->p, p->linktypes[interface], packet, masked);
	p->c->packets++;
	p->c->payload_blanked += result.known && result.blanked;
	p->c->packets_dropped += !result.known;
	if (result.known) {
		size_t at = begin_block(p->out, BLOCK_PACKET);
		const uint32_t head[] = {interface, high, low, kept, size};
		for (size_t i = 0; i < LENGTH(head); i++)
			add_u32(p->out, head[i]);
		text_add(p->out, slice_of(masked, packet.size));
		add_padding(p->out, packet.size);
		copy_options(p, BLOCK_PACKET, c);
		end_block(p->out, at);
	}
	free(masked);
	return NULL;
}

static const char *copy_statistics(struct capture *p, struct cursor *c)
{
	size_t at = begin_block(p->out, BLOCK_STATISTICS);
	for (int i = 0; i < 3; i++)
		add_u32(p->out, cursor_le32(c));
	copy_options(p, BLOCK_STATISTICS, c);
	end_block(p->out, at);
	return c->short_read ? "a block of statistics that is cut" : NULL;
}

static const char *copy_block(struct capture *p, uint32_t type, struct cursor *body)
{
	switch (type) {
	case BLOCK_SECTION:
		return copy_section(p, body);
	case BLOCK_INTERFACE:
		return copy_interface(p, body);
	case BLOCK_PACKET:
		return copy_packet(p, body);
	case BLOCK_STATISTICS:
		return copy_statistics(p, body);
	default:
		p->c->left_out++;
		return NULL;
	}
}

/* A capture that broke off ends with a block that is cut: that one is left out, as readers
 * leave it out. */
enum status copy_capture(struct copy *c, struct slice whole, struct sink *out, struct error *err)
{
	struct capture p = {.c = c, .out = &out->text};
	struct cursor blocks = cursor_over(whole);
	enum status status = OK;
	for (uint64_t number = 1; !status && cursor_left(&blocks) >= 12; number++) {
		uint32_t type = cursor_le32(&blocks), length = cursor_le32(&blocks);
		const char *wrong = NULL;
		if (number == 1 && type != BLOCK_SECTION)
			return fail(err, ERR_MALFORMED, "no capture in the form of pcapng");
		if (length < 12 || length % 4 || length > BLOCK_MAX)
			return fail(err, ERR_MALFORMED, "block %llu: a length that cannot be", (unsigned long long)number);
		struct cursor body = cursor_child(&blocks, length - 12);
		uint32_t again = cursor_le32(&blocks);
		if (blocks.short_read)
			break;
		wrong = again == length ? copy_block(&p, type, &body) : "its two lengths differ";
		if (wrong)
			return fail(err, ERR_MALFORMED, "block %llu: %s", (unsigned long long)number, wrong);
		status = sink_flush(out, false, err);
	}
	return status;
}
