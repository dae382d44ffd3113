/* SPDX-License-Identifier: Apache-2.0 */
/* A link type:2, bytes on the wire that were not captured:1, and a frame. */
#include "ingest/capture/link.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check(const struct cursor *c, const struct packet *p, size_t missing, const char *problem)
{
	if (cursor_left(c) > p->frame->bytes.size || p->missing > missing || p->more_missing > missing)
		abort();
	if (!problem && (p->ethertype == 0 || c->short_read))
		abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	struct frame frame = {.linktype = cursor_be16(&c)};
	size_t missing = cursor_u8(&c);
	struct packet p = {.frame = &frame, .missing = missing};
	frame.bytes = cursor_rest(&c);
	const char *problem = link_read(&c, frame.linktype, &p);
	check(&c, &p, missing, problem);
	if (!problem && !link_known(frame.linktype))
		abort();
	while (link_has_next(&p)) {
		size_t before = cursor_left(&p.more) + p.more_missing;
		problem = link_read_next(&c, &p);
		check(&c, &p, missing, problem);
		if (cursor_left(&p.more) + p.more_missing >= before)
			abort(); /* it would never end */
	}
	return 0;
}
