/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_BUFFER_H
#define INGEST_ETL_BUFFER_H

/*
 * The buffers that a trace file is a sequence of, unpacked where they were packed.
 */

#include "ingest/input.h"

enum {
	BUFFER_HEAD = 72,
	BUFFER_MAX = 16 << 20,      /* as large as Windows makes them */
	BUFFER_UNPACKED_RATE = 256, /* no more than so many times its packed size */
	BUFFER_UNPACKED_FREE = 4096, /* and that much in any case */
};

enum buffer_flag { BUFFER_EVENTS_LOST = 2, BUFFER_BUFFER_LOST = 4, BUFFER_PACKED = 0x40 };
enum { BUFFER_TYPE_HEADER = 4 };

struct buffer {
	struct slice events; /* all of them; valid until the next buffer */
	unsigned processor, flags, type;
	const char *problem; /* why some of it is missing; NULL: nothing is; a constant */
};

/* One buffer after the other; memory only where one is packed, or larger than what
 * the input hands out whole. */
struct buffers {
	struct input *in;       /* not owned */
	unsigned char *raw, *unpacked; /* owned */
	size_t raw_room, unpacked_room;
	uint64_t count;
};

/* False at the end. A buffer with a problem behind which no further one can be found
 * is the last one. */
bool buffers_next(struct buffers *b, struct buffer *ret);
void buffers_close(struct buffers *b); /* idempotent */

/* Does a file begin like that, and with a log header in its first buffer? */
bool buffers_look_right(struct slice first);

#endif
