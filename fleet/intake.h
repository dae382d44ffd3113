/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLEET_INTAKE_H
#define FLEET_INTAKE_H

/*
 * A bundle on its way into a store: first whether it may come in, then its rows, then itself; all
 * in one transaction, so that it is there once and whole, or not at all.
 */

#include "core/hash.h"
#include "fleet/depot.h"
#include "fleet/told.h"

enum { INTAKE_TEXT_MAX = 256, INTAKE_WHY_MAX = 1024, INTAKE_WORD_MAX = 32 };

/* How verifying ended: in the order of its exit status. */
enum intake_outcome { INTAKE_GOOD, INTAKE_BAD, INTAKE_UNKNOWN };

enum intake_count { INTAKE_ATTEMPTS, INTAKE_LEAVING, INTAKE_LOOKUPS, INTAKE_FAILING, INTAKE_UNDECIDED, INTAKE_SEEN, INTAKE_COUNTS };

struct intake_bundle {
	char path[INTAKE_TEXT_MAX]; /* the name of the file; the caller's */
	int64_t added_ns;	    /* the caller's clock */
	const char *vouched;	    /* by what its key is believed: "fingerprint", "authority", or NULL */

	/* TOLD_FILE: sha256, size */
	char sha256[HASH_TEXT_MAX];
	int64_t size;

	/* TOLD_CHECKED: outcome, what is wrong, fingerprint, session, host, verdict, tool, keep_until,
	 * from, to, sealed, stamped (0: not known) */
	enum intake_outcome outcome;
	char wrong[INTAKE_WHY_MAX];
	char fingerprint[HASH_TEXT_MAX], session[INTAKE_TEXT_MAX], host[INTAKE_TEXT_MAX], verdict[INTAKE_WORD_MAX];
	char tool[INTAKE_TEXT_MAX], keep_until[INTAKE_WORD_MAX];
	int64_t began_ns, ended_ns, sealed_ns, stamp_ns;

	/* TOLD_BUNDLE: SHA-256 of the database, verdict, scope, the counts */
	char content[HASH_TEXT_MAX], judged[INTAKE_WORD_MAX], scope[INTAKE_WORD_MAX];
	int64_t counts[INTAKE_COUNTS]; /* -1: not known */
};

/* Takes one of these three in. NULL, or what is wrong with it (a constant). */
const char *intake_take(struct intake_bundle *b, const struct told *r);

enum intake_result {
	INTAKE_READY,	 /* its rows may come: a transaction was begun */
	INTAKE_THERE,	 /* the very same is in the store */
	INTAKE_BUNDLED,	 /* its session is, with the same database: it was bundled twice */
	INTAKE_REFUSED,	 /* `why` tells */
};

struct intake {
	struct depot *depot; /* not owned */
	const struct intake_bundle *bundle;
	int64_t host, number, month;
	const char *kind; /* of the refusal, as the table says */
	char why[INTAKE_WHY_MAX];
	bool new_host;
	bool filling;
	enum table_kind table; /* that is being filled */
	uint64_t rows;
	unsigned filled; /* tables that were, a bit each */
};

/* Is the file of `b` in the store? Then its host and its times are filled in. */
enum status intake_known(struct depot *d, struct intake_bundle *b, bool *ret, struct error *err) MUST_CHECK;

/* `b` must outlive the intake. */
enum status intake_begin(struct intake *t, struct depot *d, const struct intake_bundle *b, enum intake_result *ret,
			 struct error *err) MUST_CHECK;

/* Adds a row. One that the tables do not have room for is ERR_MALFORMED. */
enum status intake_row(struct intake *t, const struct told *r, struct error *err) MUST_CHECK;

/* Adds the bundle itself, and makes all of it lasting. */
enum status intake_commit(struct intake *t, struct error *err) MUST_CHECK;

/* Takes back what was begun. */
void intake_abandon(struct intake *t);

/* Keeps apart what was not taken in; nothing may be begun. The same file is kept once. */
enum status intake_refuse(struct depot *d, const struct intake_bundle *b, const char *kind, const char *why,
			  struct error *err) MUST_CHECK;

#endif
