/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_MATCH_PAIRING_H
#define ANALYSIS_MATCH_PAIRING_H

/*
 * What pairing one sort of entries of one log works on, for match_pair.c,
 * match_reread.c and match_doubt.c.
 */

#include "analysis/match_lists.h"

/* The first round is for what lies as near as the log's clock lets it; there the time
 * tells more than the kind. */
enum { MATCH_NARROW, MATCH_WIDE, MATCH_ROUNDS = 4 };

struct pairing {
	struct match *m;
	const struct match_log *log;
	struct match_lists *lists;
	unsigned by;
	uint64_t bit;
	int64_t window_ns;
	bool *tells; /* by program: the log tells the truth of something that it did */
	uint32_t *cursors; /* by list: where its next attempt may be */
	uint32_t *hungry;  /* by list: an entry without an attempt, the earliest looked at */
	uint32_t *place_of, *list_of; /* by entry of the log */
};

/* The kinds of attempts that bear out what an entry says, best first by rounds, and
 * those that belie it; as masks of 1 << enum match_kind. */
unsigned match_agreeing(const struct match_entry *e, unsigned round);
unsigned match_contradicting(const struct match_entry *e);

/* How far the attempt at a place of the lists is from a time. */
int64_t match_away(const struct pairing *p, uint32_t place, int64_t time_ns);

/* By attempt: the entry of this log that has it, plus one; 0: none. To be freed. */
uint32_t *match_tellers(const struct pairing *p);

/* Gives entries that went without an attempt one that bears them out within `narrow_ns`,
 * where who has it may as well speak of another. */
void match_reread(struct pairing *p, int64_t narrow_ns);

/* What an entry is that only attempts which belie it are left for: a lie, or something
 * that cannot be told. */
enum match_rule match_doubt_lie(struct pairing *p, uint32_t entry);

/* Takes back pairs that are farther apart than `narrow_ns`, where an attempt beside the
 * entry belies it. */
void match_doubt_far(struct pairing *p, int64_t narrow_ns);

#endif
