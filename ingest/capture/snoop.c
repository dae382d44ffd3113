/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The capture file of Solaris' snoop (RFC 1761), all numbers big-endian:
 *
 *   header  "snoop" 0:24  version:4 = 2  data link:4
 *   packet  original:4  captured:4  size of all:4  lost so far:4  seconds:4
 *           microseconds:4  bytes, filled up to that size
 *
 * Of the data links those of the RFC are read that others have a number for too.
 */
#include "ingest/capture/dissect.h"
#include "ingest/registry.h"

#include "core/clock.h"

#include <string.h>

enum {
	HEADER = 16,
	PACKET_HEADER = 24,
	SNOOP_VERSION = 2,
	CAPTURED_MAX = INPUT_BUFFER,
	LINK_UNKNOWN = 0xffff,
};

static const unsigned char magic[8] = {'s', 'n', 'o', 'o', 'p', 0, 0, 0};

/* LINKTYPE_ numbers */
static const struct {
	uint32_t snoop;
	unsigned linktype;
} links[] = {
	{0, 1},    /* IEEE 802.3 */
	{2, 6},    /* token ring */
	{4, 1},    /* Ethernet */
	{8, 10},   /* FDDI */
	{18, 123}, /* classical IP over ATM, as SunATM has it */
	{26, 226}, /* IPNET */
};

struct snoop {
	struct dissect *d;
	struct input *in;
	uint32_t lost; /* as of the last packet */
	struct frame frame;
};

static unsigned linktype_of(uint32_t snoop)
{
	for (size_t i = 0; i < LENGTH(links); i++)
		if (links[i].snoop == snoop)
			return links[i].linktype;
	return LINK_UNKNOWN;
}

static bool is_snoop(struct slice first)
{
	return first.size >= sizeof magic && memcmp(first.at, magic, sizeof magic) == 0;
}

static unsigned sniff_snoop(struct slice first)
{
	return is_snoop(first) ? 100 : 0;
}

/* What snoop lost between two packets stands with the later one. */
static enum status tell_lost(struct snoop *r, uint32_t lost, struct error *err)
{
	uint32_t more = lost - r->lost;
	if (lost <= r->lost)
		return OK;
	r->lost = lost;
	return ingest_skip_many(r->d->to, "packets that were dropped while capturing", more, r->frame.number,
				slice_of(NULL, 0), err);
}

static enum status cut_off(struct snoop *r, bool *ret_end, struct error *err)
{
	*ret_end = true;
	return ingest_skip(r->d->to, "the last packet is cut off", r->frame.number, slice_of(NULL, 0), err);
}

/* One packet; `ret_end` where there is no further one to be found. */
static enum status read_packet(struct snoop *r, bool *ret_end, struct error *err)
{
	struct slice head = input_take(r->in, PACKET_HEADER);
	struct frame *frame = &r->frame;
	*ret_end = head.size == 0;
	if (*ret_end)
		return OK;
	frame->number++;
	struct cursor c = cursor_over(head);
	size_t original = cursor_be32(&c), captured = cursor_be32(&c), all = cursor_be32(&c);
	uint32_t lost = cursor_be32(&c);
	int64_t seconds = cursor_be32(&c), fraction = cursor_be32(&c);
	if (c.short_read)
		return cut_off(r, ret_end, err);
	frame->time_ns = seconds * CLOCK_SECOND + fraction * 1000;
	dissect_seen(r->d, frame->time_ns);
	enum status status = tell_lost(r, lost, err);
	if (status)
		return status;
	if (captured > CAPTURED_MAX || all < PACKET_HEADER || all - PACKET_HEADER < captured) {
		*ret_end = true; /* where the next one begins is not known any more */
		return ingest_skip(r->d->to, "a packet whose lengths are wrong", frame->number,
				   slice_of(NULL, 0), err);
	}
	size_t padding = all - PACKET_HEADER - captured;
	frame->bytes = input_take(r->in, captured);
	if (frame->bytes.size < captured)
		return cut_off(r, ret_end, err);
	input_soon(r->in);
	frame->original = original > captured ? original : captured;
	status = dissect_packet(r->d, frame, err);
	*ret_end = input_skip(r->in, padding) < padding;
	return status;
}

static bool read_header(struct snoop *r)
{
	struct slice head = input_take(r->in, HEADER);
	if (!is_snoop(head))
		return false;
	struct cursor c = cursor_over(head);
	cursor_skip(&c, sizeof magic);
	uint32_t version = cursor_be32(&c);
	r->frame.linktype = linktype_of(cursor_be32(&c));
	return !c.short_read && version == SNOOP_VERSION;
}

static enum status read_snoop(struct ingest *to, struct input *in, uint64_t *ret_records,
			      struct error *err)
{
	struct snoop r = {.in = in};
	bool end = false;
	if (!read_header(&r))
		return ingest_skip(to, "no header of a capture file", 0, slice_of(NULL, 0), err);
	enum status status = OK;
	r.d = dissect_new(to);
	while (!status && !end)
		status = read_packet(&r, &end, err);
	if (!status)
		status = dissect_end(r.d, err);
	*ret_records = r.frame.number;
	dissect_free(r.d);
	return status;
}

const struct reader reader_snoop = {
	.name = "snoop",
	.reads = "a packet capture of Solaris (snoop -o)",
	.writes = ROW_WRITES_CAPTURE,
	.sniff = sniff_snoop,
	.read = read_snoop,
};
