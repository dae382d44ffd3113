/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_NEEDLES_H
#define REDACT_NEEDLES_H

/*
 * Many byte strings looked for at once: by their first bytes, in a time for each place that
 * does not grow with how many there are, but for those that begin alike.
 */

#include "core/cursor.h"

enum { NEEDLE_LEAST = 8 /* bytes of one */ };

struct needles; /* opaque */

struct needles *needles_new(void);
void needles_free(struct needles *n); /* NULL-safe */

/* What they point to must outlive `n`, but for the bytes of a short one (6 bytes). */
void needles_add(struct needles *n, struct slice needle);
void needles_add_short(struct needles *n, struct slice needle);

/* Once, before the first search. */
void needles_sort(struct needles *n);

/* The size of the longest that stands at the beginning of `text`; 0: none does. */
size_t needles_find(const struct needles *n, struct slice text);

#endif
