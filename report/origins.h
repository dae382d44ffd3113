/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_ORIGINS_H
#define REPORT_ORIGINS_H

/*
 * Who collected the raw files of a session, when and from where: for the manifest of its bundle.
 */

#include "core/arena.h"
#include "core/store.h"

struct origin {
	const char *path; /* in the session folder */
	const char *collector, *source; /* source: a command, a file of the machine, …; "" where nothing tells */
	int64_t collected_ns; /* 0: nothing tells */
};

struct origins {
	struct arena *arena; /* owned; holds all of it */
	struct origin *at;   /* by path */
	size_t count;
};

/* Of a database. `ret` is to be freed in any case. */
enum status origins_read(struct store *store, struct origins *ret, struct error *err) MUST_CHECK;
void origins_free(struct origins *o);

/* NULL where nothing is known of it. */
const struct origin *origins_find(const struct origins *o, const char *path);

#endif
