/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The classic capture file (draft-ietf-opsawg-pcap):
 *
 *   header  magic:4  version:2,2  0:4 0:4  snaplen:4  linktype:4 (lower 26 bits)
 *   packet  seconds:4  fraction:4  captured:4  original:4  bytes
 *
 * in the byte order of the machine that wrote it. The magic a1b2c3d4 means
 * microseconds, a1b23c4d nanoseconds; a1b2cd34 is a variant with 8 bytes more
 * in front of each packet's bytes; 1c0001ac and 1c0001ab (nanoseconds) have a size:4
 * behind the header. Above the link type stand: frame check sequence:4 (in 2 bytes)
 * 0:1 whether there is one:1. Versions before 2.3, and some of 2.3 and 543.0, have
 * the two lengths of a packet the other way round.
 */
#include "ingest/capture/dissect.h"
#include "ingest/registry.h"

#include "core/clock.h"

enum {
	HEADER = 24,
	PACKET_HEADER = 16,
	PACKET_HEADER_VARIANT = 24,
	LINKTYPE_MASK = 0x03ffffff,
	HAS_CHECK = 0x04000000,
	VERSION_DG_UX = 543,
	CAPTURED_MAX = INPUT_BUFFER,
};

struct format {
	uint32_t magic; /* read as little-endian */
	bool big;
	int64_t fraction_ns;
	size_t packet_header;
	size_t more_header;
};

enum lengths { LENGTHS_USUAL, LENGTHS_SWAPPED, LENGTHS_UNSURE };

struct pcap {
	const struct format *format;
	struct dissect *d;
	struct input *in;
	enum lengths lengths;
	size_t check; /* bytes at the end of each frame */
	struct frame frame;
};

static const struct format formats[] = {
	{0xa1b2c3d4, false, 1000, PACKET_HEADER, 0},
	{0xd4c3b2a1, true, 1000, PACKET_HEADER, 0},
	{0xa1b23c4d, false, 1, PACKET_HEADER, 0},
	{0x4d3cb2a1, true, 1, PACKET_HEADER, 0},
	{0xa1b2cd34, false, 1000, PACKET_HEADER_VARIANT, 0},
	{0x34cdb2a1, true, 1000, PACKET_HEADER_VARIANT, 0},
	{0x1c0001ac, false, 1, PACKET_HEADER, 4},
	{0xac01001c, true, 1, PACKET_HEADER, 4},
	{0x1c0001ab, false, 1, PACKET_HEADER, 4},
	{0xab01001c, true, 1, PACKET_HEADER, 4},
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

static uint16_t read_u16(const struct format *format, struct cursor *c)
{
	return format->big ? cursor_be16(c) : cursor_le16(c);
}

static uint32_t read_u32(const struct format *format, struct cursor *c)
{
	return format->big ? cursor_be32(c) : cursor_le32(c);
}

static void set_lengths(const struct pcap *r, size_t captured, size_t original, size_t *ret_captured,
			size_t *ret_original)
{
	bool swapped = r->lengths == LENGTHS_SWAPPED ||
		       (r->lengths == LENGTHS_UNSURE && captured > original);
	*ret_captured = swapped ? original : captured;
	*ret_original = swapped ? captured : original;
}

/* One packet; `ret_end` where there is no further one to be found. */
static enum status read_packet(struct pcap *r, bool *ret_end, struct error *err)
{
	struct slice head = input_take(r->in, r->format->packet_header);
	struct frame *frame = &r->frame;
	*ret_end = head.size == 0;
	if (*ret_end)
		return OK;
	frame->number++;
	struct cursor c = cursor_over(head);
	int64_t seconds = read_u32(r->format, &c), fraction = read_u32(r->format, &c);
	size_t captured = read_u32(r->format, &c), original = read_u32(r->format, &c);
	set_lengths(r, captured, original, &captured, &original);
	frame->time_ns = seconds * CLOCK_SECOND + fraction * r->format->fraction_ns;
	if (head.size < r->format->packet_header) {
		*ret_end = true;
		return ingest_skip(r->d->to, "the last packet is cut off", frame->number, head,
				   err);
	}
	dissect_seen(r->d, frame->time_ns);
	if (captured > CAPTURED_MAX) {
		*ret_end = input_skip(r->in, captured) < captured;
		return ingest_skip(r->d->to, "a packet longer than any link carries", frame->number,
				   slice_of(NULL, 0), err);
	}
	frame->bytes = input_take(r->in, captured);
	if (frame->bytes.size < captured) {
		*ret_end = true;
		return ingest_skip(r->d->to, "the last packet is cut off", frame->number,
				   slice_of(NULL, 0), err);
	}
	input_soon(r->in);
	frame->original = original > captured ? original : captured;
	frame_drop_check(frame, r->check);
	return dissect_packet(r->d, frame, err);
}

/* False where it is no such file. */
static bool read_header(struct pcap *r)
{
	struct slice head = input_take(r->in, HEADER);
	r->format = find_format(head);
	if (!r->format || head.size < HEADER)
		return false;
	struct cursor c = cursor_over(head);
	cursor_skip(&c, 4);
	unsigned major = read_u16(r->format, &c), minor = read_u16(r->format, &c);
	cursor_skip(&c, 12);
	uint32_t link = read_u32(r->format, &c);
	r->frame.linktype = link & LINKTYPE_MASK;
	r->check = link & HAS_CHECK ? (link >> 28) * (size_t)2 : 0;
	if (major == VERSION_DG_UX || (major == 2 && minor < 3))
		r->lengths = LENGTHS_SWAPPED;
	else if (major == 2 && minor == 3)
		r->lengths = LENGTHS_UNSURE;
	return input_take(r->in, r->format->more_header).size == r->format->more_header;
}

static enum status read_pcap(struct ingest *to, struct input *in, uint64_t *ret_records,
			     struct error *err)
{
	struct pcap r = {.in = in};
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

const struct reader reader_pcap = {
	.name = "pcap",
	.reads = "a packet capture in the classic format (tcpdump -w)",
	.writes = ROW_WRITES_CAPTURE,
	.sniff = sniff_pcap,
	.read = read_pcap,
};
