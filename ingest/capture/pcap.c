/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The classic capture file (draft-ietf-opsawg-pcap):
 *
 *   header  magic:4  version:2,2  0:4 0:4  snaplen:4  linktype:4 (lower 28 bits)
 *   packet  seconds:4  fraction:4  captured:4  original:4  bytes
 *
 * in the byte order of the machine that wrote it. The magic a1b2c3d4 means
 * microseconds, a1b23c4d nanoseconds; a1b2cd34 is a variant with 8 bytes more
 * in front of each packet's bytes.
 */
#include "ingest/capture/dissect.h"
#include "ingest/registry.h"

#include "core/clock.h"

enum {
	HEADER = 24,
	PACKET_HEADER = 16,
	PACKET_HEADER_VARIANT = 24,
	CAPTURED_MAX = INPUT_BUFFER,
};

struct format {
	uint32_t magic; /* read as little-endian */
	bool big;
	int64_t fraction_ns;
	size_t packet_header;
};

static const struct format formats[] = {
	{0xa1b2c3d4, false, 1000, PACKET_HEADER},
	{0xd4c3b2a1, true, 1000, PACKET_HEADER},
	{0xa1b23c4d, false, 1, PACKET_HEADER},
	{0x4d3cb2a1, true, 1, PACKET_HEADER},
	{0xa1b2cd34, false, 1000, PACKET_HEADER_VARIANT},
	{0x34cdb2a1, true, 1000, PACKET_HEADER_VARIANT},
};

static const struct format *find_format(struct slice first)
{
	struct cursor c = cursor_over(first);
	uint32_t magic = cursor_le32(&c);
	for (size_t i = 0; i < LENGTH(formats); i++)
		if (formats[i].magic == magic)
			return &formats[i];
	return NULL;
}

static unsigned sniff_pcap(struct slice first)
{
	return find_format(first) ? 100 : 0;
}

static uint32_t read_u32(const struct format *format, struct cursor *c)
{
	return format->big ? cursor_be32(c) : cursor_le32(c);
}

/* One packet; `ret_end` where there is no further one to be found. */
static enum status read_packet(struct dissect *d, struct input *in, const struct format *format,
			       struct frame *frame, bool *ret_end, struct error *err)
{
	struct slice head = input_take(in, format->packet_header);
	*ret_end = head.size == 0;
	if (*ret_end)
		return OK;
	frame->number++;
	struct cursor c = cursor_over(head);
	int64_t seconds = read_u32(format, &c), fraction = read_u32(format, &c);
	size_t captured = read_u32(format, &c), original = read_u32(format, &c);
	if (head.size < format->packet_header) {
		*ret_end = true;
		return ingest_skip(d->to, "the last packet is cut off", frame->number, head, err);
	}
	if (captured > CAPTURED_MAX) {
		*ret_end = input_skip(in, captured) < captured;
		return ingest_skip(d->to, "a packet longer than any link carries", frame->number,
				   slice_of(NULL, 0), err);
	}
	frame->bytes = input_take(in, captured);
	if (frame->bytes.size < captured) {
		*ret_end = true;
		return ingest_skip(d->to, "the last packet is cut off", frame->number,
				   slice_of(NULL, 0), err);
	}
	frame->time_ns = seconds * CLOCK_SECOND + fraction * format->fraction_ns;
	frame->original = original > captured ? original : captured;
	return dissect_packet(d, frame, err);
}

static enum status read_pcap(struct ingest *to, struct input *in, uint64_t *ret_records,
			     struct error *err)
{
	struct slice head = input_take(in, HEADER);
	const struct format *format = find_format(head);
	if (!format || head.size < HEADER)
		return ingest_skip(to, "no header of a capture file", 0, head, err);
	struct cursor c = cursor_over(head);
	cursor_skip(&c, HEADER - 4);
	struct frame frame = {.linktype = read_u32(format, &c) & 0x0fffffff};
	struct dissect *d = NULL;
	bool end = false;
	enum status status = dissect_new(to, &d, err);
	if (status)
		return status;
	while (!status && !end)
		status = read_packet(d, in, format, &frame, &end, err);
	if (!status)
		status = dissect_end(d, err);
	*ret_records = frame.number;
	dissect_free(d);
	return status;
}

const struct reader reader_pcap = {
	.name = "pcap",
	.reads = "a packet capture in the classic format (tcpdump -w)",
	.sniff = sniff_pcap,
	.read = read_pcap,
};
