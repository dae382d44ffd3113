/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nobody is called a liar on a guess: where the log's clock, or the program that an
 * entry speaks of, or which of two attempts it means, cannot be told, it is undecided.
 */
#include "analysis/match_pairing.h"

#include <stdlib.h>

enum {
	OF_HAPPENED = 1u << KIND_HAPPENED,
	OF_STOPPED = 1u << KIND_STOPPED,
	OF_BETWEEN = 1u << KIND_BETWEEN,
	OF_POINTED = 1u << KIND_POINTED,
	WEAK_PAIRS = 3,
};

/* The kinds of attempts that bear out what an entry says, best first. */
unsigned match_agreeing(const struct match_entry *e, unsigned round)
{
	static const unsigned kinds[][MATCH_ROUNDS] = {
		[SAYS_ALLOWED] = {OF_HAPPENED | OF_BETWEEN, OF_HAPPENED, OF_BETWEEN, OF_POINTED},
		[SAYS_BLOCKED] = {OF_STOPPED | OF_BETWEEN, OF_STOPPED, OF_BETWEEN, OF_POINTED},
		[SAYS_LOGGED] = {OF_HAPPENED | OF_STOPPED | OF_BETWEEN, OF_HAPPENED | OF_STOPPED | OF_BETWEEN, 0, OF_POINTED},
	};
	return kinds[e->says][round];
}

unsigned match_contradicting(const struct match_entry *e)
{
	return e->says == SAYS_BLOCKED ? OF_HAPPENED : e->says == SAYS_ALLOWED ? OF_STOPPED : 0;
}

int64_t match_away(const struct pairing *p, uint32_t place, int64_t time_ns)
{
	return llabs(p->m->attempts[match_lists_at(p->lists, place)].time_ns - time_ns);
}

/* All that may be meant here was made by one program. */
static bool one_program(const struct pairing *p, uint32_t entry)
{
	uint32_t place = p->place_of[entry - p->log->from], n = 0;
	struct match_range r = match_lists_range(p->lists, p->list_of[entry - p->log->from]);
	uint32_t exe = p->m->attempts[match_lists_at(p->lists, place)].exe;
	for (uint32_t i = r.from; i < r.to && n < MATCH_STEPS_MAX; i++, n++)
		if (p->m->attempts[match_lists_at(p->lists, i)].exe != exe)
			return false;
	return true;
}

/* An attempt that bears it out, and that nobody tells of, at whatever time. */
static bool borne_out_elsewhere(struct pairing *p, const struct match_entry *e)
{
	uint32_t lists[MATCH_LISTS_OF_ENTRY];
	unsigned kinds = match_agreeing(e, MATCH_NARROW);
	size_t count = match_lists_of(p->lists, p->m, e, kinds, lists);
	for (size_t i = 0; i < count; i++) {
		struct match_range r = match_lists_range(p->lists, lists[i]);
		if (match_lists_free_from(p->lists, p->m, r, r.from, p->bit) < r.to)
			return true;
	}
	return false;
}

/* Nobody is called a liar on a guess: of whose program it speaks, and of which time. */
enum match_rule match_doubt_lie(struct pairing *p, uint32_t entry)
{
	const struct match_entry *e = &p->m->entries[entry];
	const struct match_clock *c = &p->log->clock;
	bool whose = (e->by & (BY_PID | BY_EXE | BY_COMM)) || p->tells[p->m->attempts[e->attempt].exe] || one_program(p, entry);
	if (e->named || !whose)
		return RULE_AMBIGUOUS;
	if (c->state == CLOCK_UNKNOWN || !c->sure || (c->pairs < WEAK_PAIRS && borne_out_elsewhere(p, e)))
		return RULE_CLOCK_UNKNOWN;
	return e->says == SAYS_BLOCKED ? RULE_LIE_BLOCKED : RULE_LIE_ALLOWED;
}

/* Does an attempt that belies the entry stand right where it should, told by nobody who
 * is as near to it? */
static bool is_belied_near(const struct pairing *p, const struct match_entry *e, int64_t narrow_ns, const uint32_t *teller)
{
	uint32_t lists[MATCH_LISTS_OF_ENTRY];
	int64_t time = match_time(p->log, e->time_ns);
	size_t count = match_lists_of(p->lists, p->m, e, match_contradicting(e), lists);
	for (size_t i = 0; i < count; i++) {
		struct match_range r = match_lists_range(p->lists, lists[i]);
		uint32_t at = match_lists_since(p->lists, p->m, r, time - narrow_ns);
		for (uint32_t n = 0; at < r.to && n < MATCH_STEPS_MAX && match_away(p, at, time) <= narrow_ns; at++, n++) {
			uint32_t other = teller[match_lists_at(p->lists, at)];
			if (other == 0 || match_away(p, at, match_time(p->log, p->m->entries[other - 1].time_ns)) > narrow_ns)
				return true;
		}
	}
	return false;
}

static bool is_far(const struct pairing *p, const struct match_entry *e, int64_t narrow_ns)
{
	return e->by == p->by && !e->count && e->attempt != MATCH_NONE &&
	       llabs(match_time(p->log, e->time_ns) - p->m->attempts[e->attempt].time_ns) > narrow_ns;
}

/* An entry that agrees with an attempt seconds away, and is belied by one beside it, may
 * speak of either. */
void match_doubt_far(struct pairing *p, int64_t narrow_ns)
{
	uint32_t *teller = NULL; /* by attempt: its entry, plus one */
	for (uint32_t i = p->log->from; i < p->log->to; i++) {
		struct match_entry *e = &p->m->entries[i];
		if (!is_far(p, e, narrow_ns))
			continue;
		if (!teller)
			teller = match_tellers(p);
		if (is_belied_near(p, e, narrow_ns, teller))
			e->rule = RULE_AMBIGUOUS;
	}
	free(teller);
	for (uint32_t i = p->log->from; i < p->log->to; i++) {
		struct match_entry *e = &p->m->entries[i];
		if (e->by != p->by || e->rule != RULE_AMBIGUOUS || e->attempt == MATCH_NONE)
			continue;
		p->m->attempts[e->attempt].told &= ~p->bit;
		p->m->attempts[e->attempt].entry = MATCH_NONE;
		e->attempt = MATCH_NONE;
	}
}
