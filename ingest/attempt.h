/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ATTEMPT_H
#define INGEST_ATTEMPT_H

/*
 * Rows of `attempt` from records of an evidence log, for the files that read them:
 * evidence_attempt.c, evidence_egress.c, evidence_kernel.c. `r->line` is the record at
 * hand; what a later record tells finds its row by the socket's cookie or by the thread.
 */

#include "ingest/evidence_rows.h"

/* What a call's result is called in a row; `value`: as Linux returns it, -errno where it
 * failed. A constant. */
const char *attempt_outcome(int64_t value);

/* Was the record at hand of one of our own processes; of the session? */
bool attempt_of_suite(const struct evidence_rows *r);
bool attempt_in_session(const struct evidence_rows *r);

enum attempt_call { ATTEMPT_OTHER, ATTEMPT_SEND, ATTEMPT_SOCKET, ATTEMPT_ACCEPT };

/* By the name that a record gives the call; all others are ATTEMPT_OTHER. */
enum attempt_call attempt_call_named(struct slice name);

/* What is kept of the last attempt of a socket. */
struct attempt_last {
	int64_t id; /* attempt(id); 0: none */
	enum attempt_call call;
	bool own; /* it was the session's */
};
struct attempt_last attempt_last_of(const struct evidence_rows *r, uint64_t cookie);

/* Keeps `last` for the cookie and the thread that the record tells, where it does. */
enum status attempt_remember(struct evidence_rows *r, struct attempt_last last, struct error *err) MUST_CHECK;

/* What a row has beyond the members of its record. */
struct attempt {
	const char *call; /* NULL: the record's own */
	const char *outcome;
	int64_t error; /* errno of Linux; 0: none */
	int64_t bytes; /* -1: not known */
	bool left;
	int64_t process; /* process(id); 0: not known */
};

/* Adds a row; `ret`: its id. */
enum status attempt_insert(struct evidence_rows *r, const struct attempt *a, int64_t *ret, struct error *err) MUST_CHECK;

/* Adds a row of its own, of the process that the record tells, for what a socket sent
 * without saying where to each time: once for each socket and destination, further sends
 * are added to it. `socket`: what is kept of it; where there is anything, a process that
 * the record does not tell is that one's. `ret`: what is kept from now on. */
enum status attempt_insert_send(struct evidence_rows *r, const struct attempt *a, struct attempt_last socket,
				struct attempt_last *ret, struct error *err) MUST_CHECK;

/* What became of the attempt in row `id`; as attempt_outcome() has it, and `bytes` as in
 * struct attempt. */
enum status attempt_set_outcome(struct evidence_rows *r, int64_t id, int64_t value, int64_t bytes,
				struct error *err) MUST_CHECK;

#endif
