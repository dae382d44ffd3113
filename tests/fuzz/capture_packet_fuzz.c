/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packets without a file around them: a byte that chooses the link layer, then
 * packets as size:16 and bytes. The state is made once: that takes longer than an
 * input.
 */
#include "ingest/capture/dissect.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* The rows are written and dropped: what the store makes of them others test. */
static enum status drop(void *to, struct slice batch, struct error *err)
{
	(void)to, (void)batch, (void)err;
	return OK;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const unsigned links[] = {276, 1,   101, 0,   108, 113, 9,   50,  51,  100,
					 104, 105, 107, 109, 117, 119, 127, 149, 163, 166,
					 192, 226, 239, 242, 258, 281, 282};
	static struct dissect *d;
	static struct ingest to;
	static struct start start = {.flow = 1, .dns = 1};
	struct error err = {0};
	if (!d) {
		to = (struct ingest){.start = &start, .source = 1, .path = "fuzz"};
		to.rows = row_stream_new(drop, NULL);
		d = dissect_new(&to);
	}
	struct cursor c = cursor_over(slice_of(data, size));
	struct frame frame = {.linktype = links[cursor_u8(&c) % LENGTH(links)]};
	while (cursor_left(&c) > 0) {
		size_t length = cursor_be16(&c);
		frame.bytes = slice_part(cursor_rest(&c), 0, length);
		cursor_skip(&c, frame.bytes.size);
		frame.original = length > frame.bytes.size ? length : frame.bytes.size;
		frame.number++;
		if (dissect_packet(d, &frame, &err))
			abort();
	}
	if (dissect_end(d, &err))
		abort();
	return 0;
}
