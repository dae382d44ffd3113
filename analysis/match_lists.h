/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MATCH_LISTS_H
#define ANALYSIS_MATCH_LISTS_H

/*
 * Attempts in lists: all of a list have the same destination, are of the same kind and
 * agree in what entries of one sort tell (`by`), and stand in the order of time. So
 * whatever stands in a list of an entry may be what it means, but for the time.
 */

#include "analysis/match.h"

enum { MATCH_LISTS_OF_ENTRY = 4 * 2 * MATCH_PLACES_MAX };

struct match_lists; /* opaque */

/* Of the attempts at destinations that the entries of this sort in the log name;
 * not `apart`: all kinds in one list. */
struct match_lists *match_lists_new(const struct match *m, const struct match_log *log, unsigned by, bool apart);
void match_lists_free(struct match_lists *l); /* NULL-safe */

/* How many lists there are. */
size_t match_lists_count(const struct match_lists *l);

/* The lists of an entry that hold anything, of the kinds in the mask; their number. */
size_t match_lists_of(const struct match_lists *l, const struct match *m, const struct match_entry *e,
		      unsigned kinds, uint32_t ret[static MATCH_LISTS_OF_ENTRY]);

/* Places in all the lists together, from `from` up to and without `to`. */
struct match_range {
	uint32_t from, to;
};

struct match_range match_lists_range(const struct match_lists *l, uint32_t list);
uint32_t match_lists_at(const struct match_lists *l, uint32_t place); /* the number of an attempt */

/* The first place of a range that is not earlier than a time. */
uint32_t match_lists_since(const struct match_lists *l, const struct match *m, struct match_range r, int64_t time_ns);

/* The first place from `place` on that no entry of the log (its bit) has; r.to: none.
 * What it passed over it passes over at once when it is asked again: places that become
 * free afterwards are seen after match_lists_forget(). */
uint32_t match_lists_free_from(struct match_lists *l, const struct match *m, struct match_range r, uint32_t place,
			       uint64_t bit);
void match_lists_forget(struct match_lists *l);

#endif
