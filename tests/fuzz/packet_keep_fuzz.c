/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is kept of frames, several in a row so that a ClientHello may go on in the
 * next: two bytes of length before each. Never more than there is.
 */
/* The source itself: the fuzzing library is made of the verifying side only. */
#include "collectors/packet_keep.c"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_frame(struct keep *k, struct slice frame,
			size_t (*keep)(struct keep *k, struct slice frame))
{
	/* of exactly that size, so that a read past its end shows */
	unsigned char *copy = malloc(frame.size ? frame.size : 1);
	if (!copy)
		abort();
	if (frame.size)
		memcpy(copy, frame.at, frame.size);
	uint64_t queries = k->queries;
	size_t kept = keep(k, slice_of(copy, frame.size));
	if (kept > frame.size || k->queries > queries + 1)
		abort();
	free(copy);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct keep k;
	struct cursor c = cursor_over(slice_of(data, size));
	k = (struct keep){0};
	while (cursor_left(&c) > 0) {
		size_t length = cursor_be16(&c);
		size_t left = cursor_left(&c);
		struct slice frame = cursor_take(&c, length < left ? length : left);
		check_frame(&k, frame, keep_bytes);
		check_frame(&k, frame, keep_pktap);
	}
	return 0;
}
