/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_BEARING_H
#define ANALYSIS_BEARING_H

/*
 * Which findings bear on an objective: those of the checks that it names. All findings are
 * read once, as every objective asks for them.
 */

#include "core/store.h"
#include "core/text.h"

struct bearing; /* opaque */

enum status bearing_load(struct store *store, struct bearing **ret, struct error *err) MUST_CHECK;
void bearing_free(struct bearing *b); /* NULL-safe */

/* Of the checks of a list with commas: the ids of their findings, a JSON array that is put
 * in place of what `ids` holds, how many they are, and how many of them proved something. */
void bearing_on(const struct bearing *b, struct slice checks, struct text *ids, int64_t *ret_count, int64_t *ret_against);

#endif
