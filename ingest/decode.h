/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_DECODE_H
#define INGEST_DECODE_H

/*
 * Reading foreign bytes in a process that could do no harm if they took it over. The
 * process that asks reads and hashes the file (feeder.h) and runs the statements that
 * come back (row.h); the one in between chooses the reader and decodes, and has
 * neither files nor network nor the database.
 *
 * It answers with messages, type:4 size:4 and so many bytes:
 *
 *   1  reader  its number:4 in readers[], and then in the descriptions, once, first
 *   2  rows    a batch
 *   3  done    status:4 records:8 and the message of a failure, once, last
 */

#include "ingest/descriptions.h"
#include "ingest/reader.h"

enum decode_message { DECODE_READER = 1, DECODE_ROWS = 2, DECODE_DONE = 3 };

enum {
	DECODE_HEAD = 8,
	DECODE_DONE_HEAD = 12,
};

struct decode {
	struct ring ring;
	int input, output; /* a socket to the feeder; a pipe for the messages */
	const char *as;    /* the reader's name; NULL: by what the file begins with */
	const struct descriptions *logs; /* not owned */
	unsigned kinds;    /* ROW_WRITES_ of the readers that may; 0: all */
	const char *filter; /* of packets, as tcpdump takes it; NULL: all */
	bool at_once;      /* rows are handed on before more of the file, which is not packed, is waited for */
};

/* One of readers[], or a description. */
struct choice {
	const struct reader *reader;
	const struct description *described; /* NULL where it is a reader */
};

/* By its number; false where there is none. */
bool decode_choice(const struct decode *d, size_t number, struct choice *ret);
const char *decode_name(const struct choice *c);
unsigned decode_writes(const struct choice *c);

/* The whole life of that process: enters the sandbox, reads, and ends. */
_Noreturn void decode_run(const struct decode *decode, struct ingest *to);

/* May that one read it? */
static inline bool decode_may(const struct decode *d, const struct choice *c)
{
	return d->kinds == 0 || (decode_writes(c) & d->kinds);
}

#endif
