/* SPDX-License-Identifier: Apache-2.0 */
/* A link type:2, bytes on the wire that were not captured:1, and a frame. */
#include "ingest/capture/link.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	struct frame frame = {.linktype = cursor_be16(&c)};
	size_t missing = cursor_u8(&c);
	struct packet p = {.frame = &frame, .missing = missing};
	frame.bytes = cursor_rest(&c);
	const char *problem = link_read(&c, frame.linktype, &p);
	if (cursor_left(&c) > frame.bytes.size || p.missing > missing)
		abort();
	if (!problem && (p.ethertype == 0 || c.short_read))
		abort();
	if (!problem && !link_known(frame.linktype))
		abort();
	return 0;
}
