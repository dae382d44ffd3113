/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_PLACES_H
#define ANALYSIS_PLACES_H

/*
 * The destinations of attempts, each parsed once, and the class of an attempt by them.
 */

#include "analysis/own.h"

struct places; /* opaque */

struct place {
	const char *class; /* an address of this machine is "own" */
	const char *plain; /* where it is not this machine's after all */
	bool known;        /* it is an address */
	struct address address;
};

enum status places_new(struct store *store, struct places **ret, struct error *err) MUST_CHECK;
void places_free(struct places *p); /* NULL-safe */

/* Of a text that is not empty; valid until the next call. */
enum status places_find(struct places *p, struct slice dst, const struct place **ret, struct error *err) MUST_CHECK;

/* The class of an attempt at a time in a network namespace (NULL: not known): an address
 * of ours in another one may be somebody else's, and so may one that neither the last look
 * before nor the first one after found here. */
enum status places_class(struct places *p, const struct place *place, int64_t time_ns, const int64_t *netns,
			 const char **ret, struct error *err) MUST_CHECK;

#endif
