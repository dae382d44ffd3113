/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of two attempts at the same place and time, one made and one stopped, entries choose by
 * turns, and one that either would have suited may take what the other needs. Before
 * anybody is called a liar the log is read again: an entry that went without asks for an
 * attempt that bears it out, and who has that looks for another (Kuhn's algorithm, over a
 * few attempts). What is left then is false in every reading.
 */
#include "analysis/match_pairing.h"

#include <stdlib.h>

enum { DEPTH_MAX = 4 /* entries that make room for each other */ };

struct rereading {
	struct pairing *p;
	int64_t narrow_ns;
	uint32_t *teller; /* by attempt: its entry, plus one */
	uint32_t asked[MATCH_STEPS_MAX];
	size_t asked_count;
};

uint32_t *match_tellers(const struct pairing *p)
{
	uint32_t *teller = must_alloc(p->m->attempt_count, sizeof *teller);
	for (uint32_t i = p->log->from; i < p->log->to; i++)
		if (p->m->entries[i].attempt != MATCH_NONE)
			teller[p->m->entries[i].attempt] = i + 1;
	return teller;
}

/* Marks an attempt as looked at; false where it was, or enough were. */
static bool ask(struct rereading *r, uint32_t attempt)
{
	for (size_t i = 0; i < r->asked_count; i++)
		if (r->asked[i] == attempt)
			return false;
	if (r->asked_count == MATCH_STEPS_MAX)
		return false;
	r->asked[r->asked_count++] = attempt;
	return true;
}

static void take(struct rereading *r, uint32_t entry, uint32_t attempt)
{
	struct match_entry *e = &r->p->m->entries[entry];
	struct match_attempt *a = &r->p->m->attempts[attempt];
	if (a->entry == MATCH_NONE || r->teller[attempt] == a->entry + 1)
		a->entry = entry;
	a->told |= r->p->bit;
	r->teller[attempt] = entry + 1;
	e->attempt = attempt;
	e->rule = RULE_PAIR;
}

static bool find(struct rereading *r, uint32_t entry, unsigned depth);

/* One that is free, or whose entry finds another. */
static bool is_to_be_had(struct rereading *r, uint32_t attempt, unsigned depth)
{
	uint32_t other = r->teller[attempt];
	if (!ask(r, attempt))
		return false;
	if (!(r->p->m->attempts[attempt].told & r->p->bit))
		return true;
	if (other == 0 || depth == DEPTH_MAX)
		return false;
	const struct match_entry *e = &r->p->m->entries[other - 1];
	return e->by == r->p->by && !e->count && find(r, other - 1, depth + 1);
}

static bool find_in(struct rereading *r, uint32_t entry, struct match_range list, unsigned depth)
{
	const struct pairing *p = r->p;
	int64_t time = match_time(p->log, p->m->entries[entry].time_ns);
	uint32_t at = match_lists_since(p->lists, p->m, list, time - r->narrow_ns);
	for (uint32_t n = 0; at < list.to && n < MATCH_STEPS_MAX && match_away(p, at, time) <= r->narrow_ns; at++, n++) {
		uint32_t attempt = match_lists_at(p->lists, at);
		if (!is_to_be_had(r, attempt, depth))
			continue;
		take(r, entry, attempt);
		return true;
	}
	return false;
}

static bool find(struct rereading *r, uint32_t entry, unsigned depth)
{
	uint32_t lists[MATCH_LISTS_OF_ENTRY];
	const struct match_entry *e = &r->p->m->entries[entry];
	size_t count = match_lists_of(r->p->lists, r->p->m, e, match_agreeing(e, MATCH_NARROW), lists);
	for (size_t i = 0; i < count; i++)
		if (find_in(r, entry, match_lists_range(r->p->lists, lists[i]), depth))
			return true;
	return false;
}

void match_reread(struct pairing *p, int64_t narrow_ns)
{
	struct rereading r = {.p = p, .narrow_ns = narrow_ns};
	for (uint32_t i = p->log->from; i < p->log->to; i++) {
		const struct match_entry *e = &p->m->entries[i];
		if (e->by != p->by || e->count || e->attempt != MATCH_NONE || e->rule != MATCH_RULES)
			continue;
		if (!r.teller)
			r.teller = match_tellers(p);
		r.asked_count = 0;
		(void)find(&r, i, 0);
	}
	free(r.teller);
}
