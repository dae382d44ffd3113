/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_RING_H
#define INGEST_RING_H

/*
 * The bytes of a file on their way from the process that reads it to the process that
 * decodes it: shared memory, mapped twice in a row, so that what stands in it is one
 * piece wherever it begins. How far each side has come they tell each other over a
 * socket, 8 bytes at a time; the end of the socket is the end of the file. Where one file
 * is followed by another, a position with RING_FILE_END tells where, and positions go on.
 */

#include "core/cursor.h"
#include "core/error.h"

enum {
	RING_SIZE = 4 << 20,
	RING_STEP = 256 << 10, /* bytes that are read and hashed at a time */
};

#define RING_FILE_END (UINT64_C(1) << 63)

struct ring {
	unsigned char *at; /* 2 * RING_SIZE; NULL: none */
};

enum status ring_open(struct ring *ret, struct error *err) MUST_CHECK;
void ring_close(struct ring *r); /* idempotent */

/* From now on this process can only read in it. */
enum status ring_protect(const struct ring *r, struct error *err) MUST_CHECK;

/* Where byte `offset` of the file is written to, RING_SIZE bytes from there on. */
unsigned char *ring_room(const struct ring *r, uint64_t offset);

/* The decoding side. */
struct ring_reader {
	const struct ring *ring;
	int socket;    /* not owned */
	uint64_t there; /* bytes of the file that were written in all */
	bool end;      /* of the file */
	bool follows;  /* another one stands behind it */
	void (*before_wait)(void *to); /* called before it waits for more; NULL: nobody asks */
	void *to;
};

/* Gives back everything before byte `taken` of the file and waits for more; what is
 * there from `taken` on. The same as before at the end of the file. */
struct slice ring_more(struct ring_reader *r, uint64_t taken);

/* At the end of a file: goes on in the one that follows; false where none does. */
bool ring_next(struct ring_reader *r);

#endif
