/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft-ietf-opsawg-pcapng, section 4.3 and 4.4, appendix A:
 *
 *   packet    6: interface:4 time:4,4 captured:4 original:4  bytes, padded  options
 *   old packet 2: interface:2 drops:2 time:4,4 captured:4 original:4  bytes, padded
 *   simple    3: original:4  bytes, padded
 *   options   1 comment; 2 flags:4 (bits 0–1: 1 in, 2 out; 5–8 size of the frame check
 *             sequence); 4 packets dropped before this one:8; 8001 (macOS) process:4
 */
#include "ingest/capture/pcapng.h"

enum {
	OPTION_COMMENT = 1,
	OPTION_FLAGS = 2,
	OPTION_DROPPED = 4,
	OPTION_DARWIN_PROCESS = 0x8001,
	DROPS_UNKNOWN = 0xffff,
};

static void read_flags(struct pcapng *r, uint32_t flags, size_t *ret_check)
{
	unsigned way = flags & 3;
	r->frame.way = way == 1 ? WAY_IN : way == 2 ? WAY_OUT : WAY_UNKNOWN;
	if (flags >> 5 & 15)
		*ret_check = flags >> 5 & 15;
}

static void read_options(struct pcapng *r, struct pcapng_interface *i, struct cursor c,
			 size_t *ret_check)
{
	uint16_t code;
	struct cursor value;
	for (int n = 0; n < PCAPNG_OPTIONS_MAX && pcapng_option(r, &c, &code, &value); n++)
		switch (code) {
		case OPTION_COMMENT:
			pcapng_comment(r, cursor_rest(&value));
			break;
		case OPTION_FLAGS:
			read_flags(r, pcapng_u32(r, &value), ret_check);
			break;
		case OPTION_DROPPED:
			i->dropped += pcapng_u64(r, &value);
			break;
		case OPTION_DARWIN_PROCESS: {
			uint32_t at = pcapng_u32(r, &value);
			if (value.short_read || at >= r->processes)
				break;
			r->frame.pid = r->process[at].pid;
			r->frame.process = slice_of_string(r->process[at].name);
			break;
		}
		default:
			break;
		}
}

/* What stands before the bytes of the packet. */
static size_t read_head(struct pcapng *r, uint32_t type, struct cursor *c, size_t *ret_captured,
			uint64_t *ret_time, unsigned *ret_drops)
{
	size_t at = 0;
	*ret_time = 0;
	*ret_drops = 0;
	if (type == BLOCK_SIMPLE) {
		*ret_captured = r->frame.original = pcapng_u32(r, c);
		return 0;
	}
	at = type == BLOCK_PACKET ? pcapng_u32(r, c) : pcapng_u16(r, c);
	if (type == BLOCK_OLD_PACKET)
		*ret_drops = pcapng_u16(r, c);
	*ret_time = (uint64_t)pcapng_u32(r, c) << 32;
	*ret_time |= pcapng_u32(r, c);
	*ret_captured = pcapng_u32(r, c);
	r->frame.original = pcapng_u32(r, c);
	return at;
}

enum status pcapng_on_packet(struct pcapng *r, uint32_t type, struct cursor c, struct error *err)
{
	size_t captured, check;
	uint64_t time;
	unsigned drops;
	struct frame *frame = &r->frame;
	frame->number++;
	size_t at = read_head(r, type, &c, &captured, &time, &drops);
	if (at >= r->interfaces)
		return ingest_skip(r->to, "a packet of an interface that was not described",
				   frame->number, slice_of(NULL, 0), err);
	struct pcapng_interface *i = &r->list[at];
	if (type == BLOCK_SIMPLE && i->snaplen && captured > i->snaplen)
		captured = i->snaplen;
	frame->bytes = cursor_take(&c, captured);
	if (c.short_read)
		return ingest_skip(r->to, "a packet longer than its block", frame->number,
				   slice_of(NULL, 0), err);
	cursor_skip(&c, (4 - captured % 4) % 4);
	if (frame->original < captured)
		frame->original = captured;
	frame->linktype = i->linktype;
	frame->interface = i->number;
	frame->iface = i->name;
	frame->time_ns = pcapng_time_ns(&i->time, time);
	frame->way = WAY_UNKNOWN;
	frame->pid = 0;
	frame->process = slice_of(NULL, 0);
	check = i->check;
	if (drops != DROPS_UNKNOWN)
		i->dropped += drops;
	if (type != BLOCK_SIMPLE)
		read_options(r, i, c, &check);
	frame_drop_check(frame, check);
	enum status status = pcapng_lost(r, i, err);
	return status ? status : dissect_packet(r->d, frame, err);
}
