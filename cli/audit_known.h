/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_KNOWN_H
#define CLI_AUDIT_KNOWN_H

/*
 * known.ndjson in the state folder: what the last audits found, with the ends of the first and
 * the last one that did. Its lines go into each new session folder as they are, and are what
 * that audit is compared with.
 *
 *   {"known":"listener","name":"tcp 0.0.0.0 port 80 nginx","value":"","first_ns":1,"last_ns":2}
 */

#include "core/file.h"
#include "core/hash.h"
#include "core/store.h"

enum {
	KNOWN_BYTES_MAX = 64 << 20,
	KNOWN_ROWS_MAX = 200000,
	KNOWN_ENDS_MAX = 100, /* audits */
};

#define KNOWN_FILE "known.ndjson"

struct audit_known; /* opaque */

struct audit_known *audit_known_new(void);
void audit_known_free(struct audit_known *k); /* NULL-safe */

/* Adds the lines of a file; NULL, or what is wrong with them (a constant). */
const char *audit_known_parse(struct audit_known *k, struct slice text);

/* The file of the state folder. `ret_why` is NULL, or why nothing of it can be used: it is not
 * there, or not what `sha256` says. */
enum status audit_known_load(struct audit_known *k, int folder, const char *sha256, const char **ret_why, struct error *err) MUST_CHECK;

/* One thing that an audit found that ended then. */
void audit_known_add(struct audit_known *k, struct slice kind, struct slice name, struct slice value, int64_t ended_ns);

/* All that the database of an audit holds. */
enum status audit_known_add_store(struct audit_known *k, struct store *store, int64_t ended_ns, struct error *err) MUST_CHECK;

/* Forgets what none of the last `audits` found: those are the ends that stand in it. */
void audit_known_forget(struct audit_known *k, unsigned audits);

/* Its lines, in one order. */
void audit_known_write(struct audit_known *k, struct text *ret);

/* Puts them into the state folder; `ret_sha256` is for state.json. */
enum status audit_known_save(struct audit_known *k, int folder, char ret_sha256[static HASH_TEXT_MAX], struct error *err) MUST_CHECK;

#define AUTO_AUDIT_KNOWN __attribute__((cleanup(audit_known_auto)))

static inline void audit_known_auto(struct audit_known **k)
{
	audit_known_free(*k);
}

#endif
