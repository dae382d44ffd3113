/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLEET_EXTRACT_H
#define FLEET_EXTRACT_H

/*
 * The rows of a bundle, out of the database that it brought along. That is a file of somebody
 * else's: to be read in a process without rights, out of memory.
 */

#include "core/error.h"
#include "fleet/told.h"

enum {
	EXTRACT_MEMORY = 1 << 30,	 /* that it takes, without the database itself */
	EXTRACT_SIZE_MAX = INT32_MAX,	 /* bytes of a database */
};

/* Takes a record. */
typedef enum status extract_fn(void *to, const struct told *r, struct error *err);

/* Gives the counts of the session (TOLD_BUNDLE) and then all rows, table by table. `database`
 * is a whole file of SQLite and not written to; `content` its SHA-256. ERR_MALFORMED where it is
 * no audit.db of this version, or takes more work than its size can explain. */
enum status extract(struct slice database, const char *content, extract_fn *give, void *to, struct error *err) MUST_CHECK;

#endif
