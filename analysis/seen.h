/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_SEEN_H
#define ANALYSIS_SEEN_H

/*
 * The hosts that a database tells of: looked up, named in a connection or a log, or
 * reached by their address.
 */

#include "core/store.h"

struct seen {
	struct slice name; /* lower case without a final dot, or an address; valid during the call */
	uint64_t lookups, connections;
	int64_t first_ns, last_ns;
};

/* Tells each of them once, in the order of their names. */
enum status seen_each(struct store *store, void (*each)(void *to, const struct seen *s), void *to,
		      struct error *err) MUST_CHECK;

#endif
