/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_CHAIN_H
#define CORE_CHAIN_H

/*
 * The checkpoint chain of an evidence log (airgap-verify-formats(5)).
 *
 * A log is lines. Its first line names a public key ("next_key"). A checkpoint is
 * a line
 *
 *   {"kind":"checkpoint","n":…,"t":…,"mono":…,"bytes":N,"records":R,
 *    "sha256":"H","lost":{…},"next_key":"K","sig":"S"}
 *
 * where N and H are the size and the SHA-256 of everything before the line, and S
 * is a signature, by the key that was named last, over the line itself up to the
 * comma in front of "sig". K is the key of the next checkpoint; the secret half
 * of the one just used is erased. The last checkpoint of a log that was closed
 * names no next key.
 */

#include "core/clock.h"
#include "core/cursor.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/key.h"
#include "core/text.h"

enum {
	CHAIN_LINE_MAX = 1 << 20, /* bytes of one line of a log, its LF included */
};

/* Writing. */
struct chain_writer; /* opaque */

struct chain_writer *chain_writer_new(void);
void chain_writer_free(struct chain_writer *w); /* NULL-safe */

/* The key that the first line must name. */
void chain_first_key(const struct chain_writer *w, unsigned char ret[static KEY_PUBLIC_SIZE]);

/* Every line that goes into the log, LF included, in order. */
void chain_add(struct chain_writer *w, struct slice line);

/* The hash of the whole log so far. */
void chain_digest(const struct chain_writer *w, unsigned char ret[static HASH_SIZE]);

/* Its size. */
uint64_t chain_bytes(const struct chain_writer *w);

/* What stands behind the last checkpoint. */
uint64_t chain_unsealed(const struct chain_writer *w);

/* Adds a checkpoint line (with LF) to `out` and to the chain itself. `lost` is a
 * JSON object with the loss counter of every witness. */
void chain_checkpoint(struct chain_writer *w, struct clock_pair now, struct slice lost, bool last,
		      struct text *out);

/* Reading. */
struct chain_reader {
	struct hash *running; /* owned; chain_reader_end() */
	unsigned char next_key[KEY_PUBLIC_SIZE];
	bool have_key, closed;
	uint64_t bytes, records;               /* read so far */
	uint64_t sealed_bytes, sealed_records; /* up to and with the last good checkpoint */
	uint64_t checkpoints;
	int64_t last_wall_ns;
	const char *problem;     /* NULL, or why the chain does not hold */
	uint64_t problem_record; /* 1 = first line */
};

struct chain_reader chain_reader_start(void);
void chain_reader_end(struct chain_reader *r);

/* One line without its LF; `whole` tells whether an LF stood behind it. After a
 * problem the rest is only counted. */
void chain_read(struct chain_reader *r, struct slice line, bool whole);

#endif
