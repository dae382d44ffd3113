/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INPUT_H
#define INGEST_INPUT_H

/*
 * A foreign file as readers see it: once from front to end, out of bytes in memory or
 * out of a ring that another process fills. Memory stays the same whatever the size of
 * the file. A packed one (compressed.h) is handed out unpacked.
 */

#include "core/cursor.h"
#include "core/error.h"
#include "ingest/ring.h"

enum {
	INPUT_BUFFER = 1 << 20,     /* the longest line or block that is handed out whole */
	INPUT_SNIFF = 4096,
};

struct compressed;

struct input {
	const char *name; /* for messages; not owned */
	struct slice held; /* what is there and was not handed out yet */
	uint64_t offset;  /* in what is handed out, of `held` */
	bool at_end;      /* nothing is behind `held` any more */
	bool looked;      /* whether it is packed */
	struct ring_reader *ring; /* not owned; NULL: all is held */
	/* of a packed file */
	struct input *raw;         /* owned */
	struct compressed *packed; /* owned */
	unsigned char *buffer;     /* owned */
};

/* Over bytes in memory, or what comes through a ring; both must outlive it. */
void input_over(struct slice bytes, const char *name, struct input *ret);
void input_over_ring(struct ring_reader *ring, const char *name, struct input *ret);

void input_close(struct input *in); /* idempotent */

/* It is not packed: its first bytes are handed out as they come, however few they are. */
void input_not_packed(struct input *in);

/* Why what was packed ended before its end; NULL where it did not. A constant. */
const char *input_problem(const struct input *in);

/* The first bytes (at most INPUT_SNIFF), not taken. */
struct slice input_peek(struct input *in);

/* The same of the first `size` bytes alone: no more of them are waited for. */
struct slice input_ahead(struct input *in, size_t size);

/* The next `size` bytes (at most INPUT_BUFFER), or fewer at the end of the file.
 * Valid until the next call. */
struct slice input_take(struct input *in, size_t size);

/* Asks for what comes next to be near when it is taken. */
static inline void input_soon(const struct input *in)
{
	enum { LINE = 64 };
	if (in->held.size > 2 * LINE) {
		__builtin_prefetch(in->held.at);
		__builtin_prefetch(in->held.at + LINE);
	}
}

/* The next `size` bytes, any number, are passed over; how many there were. */
uint64_t input_skip(struct input *in, uint64_t size);

enum line {
	LINE_END,     /* there is none */
	LINE_WHOLE,   /* with its LF, which `ret` does not hold (a CR stays) */
	LINE_CUT,     /* the last one, without an LF */
	LINE_TOO_LONG /* INPUT_BUFFER bytes and no LF: passed over, `ret` is empty */
};

/* The next line. Valid until the next call. */
enum line input_line(struct input *in, struct slice *ret);

/* Goes on in the file that follows this one, past whatever was left of it; false where none
 * does. One behind a packed file is not read. */
bool input_next(struct input *in);

#define AUTO_INPUT __attribute__((cleanup(input_close)))

#endif
