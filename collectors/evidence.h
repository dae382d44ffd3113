/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_EVIDENCE_H
#define COLLECTORS_EVIDENCE_H

/*
 * Writing evidence.ndjson: one JSON object a line, append-only, with checkpoints
 * (core/chain.h). A failure to write sticks: later records are dropped, and
 * evidence_status() tells what broke and how.
 */

#include "core/chain.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/head.h"
#include "core/json.h"

enum {
	EVIDENCE_VERSION = 1,
	EVIDENCE_CHECKPOINT_RECORDS = 10000,
};

#define EVIDENCE_CHECKPOINT_NS CLOCK_SECOND

struct evidence; /* opaque */

/* Makes `name` in `dirfd` (it must not be there) and writes the first record.
 * `session` is the session's id. */
enum status evidence_open(int dirfd, const char *name, const char *session, struct evidence **ret,
			  struct error *err) MUST_CHECK;

/* Begins a record of `kind` at the wall time `t`; add members to what is returned
 * and call evidence_end(). One record at a time. */
struct json *evidence_begin(struct evidence *e, const char *kind, int64_t t);
void evidence_end(struct evidence *e);

/* Is it time for a checkpoint? */
bool evidence_is_due(const struct evidence *e, int64_t mono_ns);

/* Writes a checkpoint and everything before it. `lost` is a JSON object with the
 * loss counter of every witness. `last` closes the chain. */
void evidence_checkpoint(struct evidence *e, struct slice lost, bool last);

/* Hands what is buffered to the kernel. */
void evidence_flush(struct evidence *e);

/* OK, or the first failure with its message in `err`. */
enum status evidence_status(const struct evidence *e, struct error *err) MUST_CHECK;

/* The hash of all that was written so far. */
void evidence_digest(const struct evidence *e, unsigned char ret[static HASH_SIZE]);

/* The same with how much that is: the counts of a head. */
void evidence_head(const struct evidence *e, struct head *ret);

/* How many records were written so far. */
uint64_t evidence_records(const struct evidence *e);

/* Syncs and closes; NULL-safe. Frees `e` whatever happens. */
enum status evidence_close(struct evidence **e, struct error *err) MUST_CHECK;

/* Closes without asking how it went; NULL-safe. */
void evidence_abandon(struct evidence **e);

#endif
