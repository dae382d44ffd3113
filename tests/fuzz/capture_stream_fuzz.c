/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pieces into a stream, against a plain array with a mark for each byte that is there:
 * offset:16 size:8, then as many bytes; size 0 drops `offset` from the front.
 */
#include "ingest/capture/stream.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

enum { ROOM = STREAM_MAX + 256 };

static unsigned char bytes[ROOM];
static bool there[ROOM];

static void model_put(size_t offset, struct slice piece)
{
	for (size_t i = 0; i < piece.size; i++) {
		if (there[offset + i])
			continue;
		there[offset + i] = true;
		bytes[offset + i] = piece.at[i];
	}
}

static void model_drop(size_t size)
{
	size = size < ROOM ? size : ROOM;
	memmove(bytes, bytes + size, ROOM - size);
	memmove(there, there + size, ROOM - size);
	memset(there + ROOM - size, 0, size);
}

static void compare(struct slice waiting, size_t missing, bool holds)
{
	size_t whole = 0, first = 0;
	while (there[whole])
		whole++;
	while (first < ROOM && !there[first])
		first++;
	if (waiting.size != whole || (whole && memcmp(waiting.at, bytes, whole) != 0))
		abort();
	if (holds != (first < ROOM) || missing != (first < ROOM ? first : 0))
		abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	struct streams *s = streams_new();
	static struct flow f;
	bool lost;
	f = (struct flow){.id = 1};
	memset(there, 0, sizeof there);
	while (cursor_left(&c) > 0) {
		size_t offset = cursor_be16(&c), length = cursor_u8(&c);
		struct slice piece = slice_part(cursor_rest(&c), 0, length);
		cursor_skip(&c, piece.size);
		if (length == 0) {
			stream_drop(s, &f, 0, offset);
			model_drop(offset);
		} else if (stream_put(s, &f, 0, offset, piece, &lost)) {
			model_put(offset, piece);
		}
		compare(stream_waiting(s, &f, 0), stream_missing(s, &f, 0),
			stream_holds(s, &f, 0));
	}
	streams_free(s);
	return 0;
}
