/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pieces: identification:1, offset in 8 bytes:2 (its upper bit: more follow), seconds
 * since the one before:1, bytes not captured:1, size:1, bytes.
 */
#include "ingest/capture/fragment.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void take(struct fragments *t, struct datagram *d, bool whole)
{
	struct packet p;
	struct cursor c;
	fragments_take(t, d, &p, &c);
	if (cursor_left(&c) > p.size || packet_is_fragment(&p))
		abort();
	if (whole && (p.first_fragment || p.later_fragment || p.size == 0))
		abort();
	if (!whole && p.first_fragment == p.later_fragment)
		abort();
	volatile unsigned sum = 0; /* reads every byte */
	while (cursor_left(&c) > 0)
		sum += cursor_u8(&c);
	fragments_drop(t, d);
}

static void add(struct fragments *t, const struct packet *p, struct slice bytes)
{
	struct datagram *d = fragments_find(t, p);
	if (d && datagram_is_stale(d, p)) {
		take(t, d, datagram_is_whole(d));
		d = NULL;
	}
	if (!d && fragments_full(t)) {
		d = fragments_oldest(t);
		take(t, d, datagram_is_whole(d));
		d = NULL;
	}
	if (!d)
		d = fragments_begin(t, p);
	(void)datagram_add(d, p, bytes);
	if (datagram_is_whole(d))
		take(t, d, true);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	struct fragments *t = fragments_new();
	struct frame frame = {.time_ns = 1};
	while (cursor_left(&c) > 0) {
		struct packet p = {.frame = &frame, .ethertype = ETHERTYPE_IPV4};
		p.fragment_id = cursor_u8(&c);
		unsigned offset = cursor_be16(&c);
		p.fragment_offset = (size_t)(offset & 0x1fff) * 8;
		p.more_fragments = offset >> 15;
		frame.time_ns += cursor_u8(&c) * INT64_C(1000000000);
		frame.number++;
		size_t missing = cursor_u8(&c), length = cursor_u8(&c);
		struct slice bytes = slice_part(cursor_rest(&c), 0, length);
		cursor_skip(&c, bytes.size);
		p.size = bytes.size + missing;
		if (packet_is_fragment(&p))
			add(t, &p, bytes);
	}
	struct datagram *d;
	while ((d = fragments_oldest(t)))
		take(t, d, datagram_is_whole(d));
	fragments_free(t);
	return 0;
}
