/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INPUT_H
#define INGEST_INPUT_H

/*
 * A foreign file as readers see it: read once from front to end through a buffer,
 * hashed on the way. Memory stays the same whatever the size of the file; a file
 * that grows or shrinks meanwhile does no harm. A packed one (compressed.h) is handed
 * out unpacked; size and hash are those of the file itself.
 */

#include "core/cursor.h"
#include "core/error.h"
#include "core/hash.h"

enum {
	INPUT_BUFFER = 1 << 20,     /* the longest line or block that is handed out whole */
	INPUT_SNIFF = 4096,
};

struct compressed;

struct input {
	int fd;           /* owned; -1 for bytes in memory */
	const char *name; /* for messages; not owned */
	struct hash *hash;
	unsigned char *buffer; /* owned */
	size_t from, to;  /* what of the buffer is still to be handed out */
	uint64_t offset;  /* in what is handed out, of buffer[from] */
	bool at_end;      /* nothing is behind the buffer any more */
	bool looked;      /* whether it is packed */
	struct compressed *packed; /* owned; NULL: as it is */
	struct slice packed_left;  /* of bytes in memory */
	uint64_t file_size;        /* bytes of the file itself, read so far */
	struct error failure; /* a read that failed; sticks */
};

/* Opens a regular file, or standard input for "-" (relative to `dirfd`). */
enum status input_open(int dirfd, const char *path, struct input *ret, struct error *err) MUST_CHECK;

/* The same over bytes in memory, for tests; they must outlive it. Neither must be
 * moved while it is open. */
void input_over(struct slice bytes, const char *name, struct input *ret);

void input_close(struct input *in); /* idempotent */

/* Why what was packed ended before its end; NULL where it did not. A constant. */
const char *input_problem(const struct input *in);

/* The first bytes (at most INPUT_SNIFF), not taken. */
struct slice input_peek(struct input *in);

/* The next `size` bytes (at most INPUT_BUFFER), or fewer at the end of the file.
 * Valid until the next call. */
struct slice input_take(struct input *in, size_t size);

/* The next `size` bytes, any number, are passed over; how many there were. */
uint64_t input_skip(struct input *in, uint64_t size);

enum line {
	LINE_END,     /* there is none */
	LINE_WHOLE,   /* with its LF, which `ret` does not hold (a CR stays) */
	LINE_CUT,     /* the last one, without an LF */
	LINE_TOO_LONG /* longer than INPUT_BUFFER: passed over, `ret` is empty */
};

/* The next line. Valid until the next call. */
enum line input_line(struct input *in, struct slice *ret);

/* Reads what is left, so that size and hash are those of the whole file. */
enum status input_finish(struct input *in, uint64_t *ret_size,
			 unsigned char ret_digest[static HASH_SIZE], struct error *err) MUST_CHECK;

#define AUTO_INPUT __attribute__((cleanup(input_close)))

#endif
