/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_HEAD_REGISTER_H
#define CORE_HEAD_REGISTER_H

/*
 * Heads of evidence logs (core/head.h) that a register of a TPM vouches for
 * (airgap-verify-formats(5)). The register holds one hash, which can be extended and not set:
 *
 *   new = SHA-256(old, SHA-256(line))
 *
 * so what it was extended with is kept beside it: a log of lines, each without its LF. Two kinds
 * of them are in it, heads and
 *
 *   {"kind":"register","register":13,"t":…,"value":"…","resets":N,"restarts":M}
 *
 * which says what the register held before this line, and how often the TPM had been started: from
 * there on the log can be followed, whatever was before. One stands in front of the first head that
 * a session tells, and wherever the register did not hold what was left in it.
 */

#include "core/head.h"

/* The log of a register, by its number. */
#define HEAD_REGISTER_FILE "airgap-verify-pcr%u.ndjson"
enum { HEAD_REGISTER_NAME_MAX = 40, HEAD_REGISTER_LOCK_MS = 10000 /* how long its lock is waited for */ };

/* What a register holds at some time. */
struct head_register {
	unsigned number;
	int64_t wall_ns;
	unsigned char value[HASH_SIZE];
	uint64_t resets, restarts; /* struct tpm_clock */
};

/* The line, its LF left out. */
void head_register_add(const struct head_register *r, struct text *to);

/* NULL, or what is wrong with a line (a constant). */
const char *head_register_read(struct slice line, struct head_register *ret);

/* What a register holds once it is extended with a line, and the digest that is to be handed to the TPM
 * for it. */
void head_register_digest(struct slice line, unsigned char ret[static HASH_SIZE]);
void head_register_extend(unsigned char value[static HASH_SIZE], struct slice line);

/* Following a log, line by line. Where it leads to what the register holds now, all lines
 * from `from` on are as they were extended, in this order, and nothing else was. */
struct head_replay {
	bool begun;
	unsigned char value[HASH_SIZE]; /* where it has led to */
	uint64_t lines;			/* since it can be followed */
	struct head_register from;	/* what the register held there; wall_ns: when, as it says itself */
	uint64_t from_line;		/* 1 = first */
	uint64_t breaks;		/* how often it had to be begun anew */
};

/* The next line; `number` is where it stands, 1 = first. False where it is neither a head nor what
 * a register held: such a line is none of ours, and nothing was extended with it. */
bool head_replay_line(struct head_replay *r, struct slice line, uint64_t number);

/* Does the log, to its end, lead to what that register holds now? */
bool head_replay_holds(const struct head_replay *r, const struct head_register *now);

#endif
