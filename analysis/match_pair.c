/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry and attempt, one to one within a log. Entries that tell more choose first; of
 * one sort they go in the order of time and take the earliest attempt that is free and
 * near enough, which pairs as many as can be. Where some are missing on one side, that
 * shifts the others; a walk back from the end sets them right. What agrees with what
 * the entry says is looked for before what does not: a lie is only what is left when
 * every attempt that may bear the entry out has been given away.
 */
#include "analysis/match_pairing.h"

#include <stdlib.h>

enum { SURE_PAIRS = 3 };

uint64_t match_bit(const struct match *m, const struct match_log *log)
{
	size_t n = (size_t)(log - m->logs);
	return UINT64_C(1) << (n < MATCH_LOGS_MAX ? n : MATCH_LOGS_MAX + 1);
}

/* Logs past those that are held apart use one bit by turns, and leave another. */
static void release_bit(struct match *m, uint64_t bit)
{
	if (bit >> MATCH_LOGS_MAX == 0)
		return;
	for (size_t i = 0; i < m->attempt_count; i++)
		if (m->attempts[i].told & bit)
			m->attempts[i].told = (m->attempts[i].told & ~bit) | UINT64_C(1) << MATCH_LOGS_MAX;
}

static void give(struct pairing *p, uint32_t entry, uint32_t list, uint32_t place)
{
	struct match_attempt *a = &p->m->attempts[match_lists_at(p->lists, place)];
	a->told |= p->bit;
	p->list_of[entry - p->log->from] = list;
	p->place_of[entry - p->log->from] = place;
	p->m->entries[entry].attempt = match_lists_at(p->lists, place);
}

/* The earliest free one in any of its lists. */
static void find_earliest(struct pairing *p, uint32_t entry, unsigned kinds)
{
	uint32_t lists[MATCH_LISTS_OF_ENTRY], best_place = MATCH_NONE, best_list = 0;
	struct match_entry *e = &p->m->entries[entry];
	int64_t time = match_time(p->log, e->time_ns), best = time + p->window_ns;
	size_t count = match_lists_of(p->lists, p->m, e, kinds, lists);
	for (size_t i = 0; i < count; i++) {
		struct match_range r = match_lists_range(p->lists, lists[i]);
		uint32_t *cursor = &p->cursors[lists[i]];
		r.from = *cursor > r.from ? *cursor : r.from;
		*cursor = match_lists_since(p->lists, p->m, r, time - p->window_ns);
		uint32_t place = match_lists_free_from(p->lists, p->m, r, *cursor, p->bit);
		if (place >= r.to)
			continue;
		int64_t at = p->m->attempts[match_lists_at(p->lists, place)].time_ns;
		if (at < best || (at == best && best_place == MATCH_NONE)) {
			best = at;
			best_place = place;
			best_list = lists[i];
		}
	}
	if (best_place != MATCH_NONE)
		give(p, entry, best_list, best_place);
}

/* An entry that went without is nearer to what this one took: it has it instead. */
static void feed_hungry(struct pairing *p, uint32_t entry)
{
	struct match_entry *e = &p->m->entries[entry];
	uint32_t list = p->list_of[entry - p->log->from], place = p->place_of[entry - p->log->from];
	uint32_t other = p->hungry[list];
	if (other == MATCH_NONE || p->m->entries[other].attempt != MATCH_NONE)
		return;
	int64_t far = match_away(p, place, match_time(p->log, p->m->entries[other].time_ns));
	if (far >= match_away(p, place, match_time(p->log, e->time_ns)))
		return;
	e->attempt = MATCH_NONE;
	give(p, other, list, place);
}

static void note_hungry(struct pairing *p, uint32_t entry, unsigned kinds)
{
	uint32_t lists[MATCH_LISTS_OF_ENTRY];
	size_t count = match_lists_of(p->lists, p->m, &p->m->entries[entry], kinds, lists);
	for (size_t i = 0; i < count; i++)
		p->hungry[lists[i]] = entry;
}

/* A free attempt right behind that is nearer. */
static void move_nearer(struct pairing *p, uint32_t entry)
{
	uint32_t list = p->list_of[entry - p->log->from], place = p->place_of[entry - p->log->from], best = place;
	struct match_range r = match_lists_range(p->lists, list);
	int64_t time = match_time(p->log, p->m->entries[entry].time_ns);
	for (uint32_t i = place + 1; i < r.to && i <= place + MATCH_STEPS_MAX; i++) {
		if (p->m->attempts[match_lists_at(p->lists, i)].told & p->bit || match_away(p, i, time) > match_away(p, best, time))
			break;
		best = i;
	}
	if (best == place)
		return;
	p->m->attempts[match_lists_at(p->lists, place)].told &= ~p->bit;
	give(p, entry, list, best);
}

static enum match_rule rule_of_pair(const struct pairing *p, const struct match_entry *e)
{
	int64_t off = match_time(p->log, e->time_ns) - p->m->attempts[e->attempt].time_ns;
	return llabs(off) > MATCH_WINDOW_S * CLOCK_SECOND ? RULE_PAIR_GUESS : RULE_PAIR;
}

/* What this round gave away gets its rule. */
static void settle(struct pairing *p, bool lies)
{
	for (uint32_t i = p->log->from; i < p->log->to; i++) {
		struct match_entry *e = &p->m->entries[i];
		if (p->list_of[i - p->log->from] == MATCH_NONE || e->attempt == MATCH_NONE)
			continue;
		struct match_attempt *a = &p->m->attempts[e->attempt];
		e->rule = (unsigned char)(lies ? match_doubt_lie(p, i) : rule_of_pair(p, e));
		if (e->rule == RULE_AMBIGUOUS || e->rule == RULE_CLOCK_UNKNOWN) {
			a->told &= ~p->bit;
			e->attempt = MATCH_NONE;
		} else if (a->entry == MATCH_NONE) {
			a->entry = i;
		}
	}
}

/* Single connections, one round of kinds. */
static void pair_round(struct pairing *p, unsigned round, bool lies)
{
	struct match *m = p->m;
	size_t lists = match_lists_count(p->lists);
	memset(p->cursors, 0, lists * sizeof *p->cursors);
	memset(p->hungry, 0xff, lists * sizeof *p->hungry);
	for (uint32_t i = p->log->from; i < p->log->to; i++) {
		struct match_entry *e = &m->entries[i];
		p->list_of[i - p->log->from] = MATCH_NONE;
		if (e->by == p->by && !e->count && e->attempt == MATCH_NONE && e->rule == MATCH_RULES)
			find_earliest(p, i, lies ? match_contradicting(e) : match_agreeing(e, round));
	}
	for (uint32_t i = p->log->to; i-- > p->log->from;) {
		struct match_entry *e = &m->entries[i];
		bool here = p->list_of[i - p->log->from] != MATCH_NONE;
		if (e->by != p->by || e->count || (e->attempt != MATCH_NONE && !here))
			continue;
		if (here && e->attempt != MATCH_NONE)
			feed_hungry(p, i);
		if (e->attempt != MATCH_NONE)
			move_nearer(p, i);
		else
			note_hungry(p, i, lies ? match_contradicting(e) : match_agreeing(e, round));
	}
	match_lists_forget(p->lists);
	settle(p, lies);
}

/* Attempts in the span of a sum, up to its count. */
static enum status take_sum(struct pairing *p, uint32_t entry, unsigned kinds, struct error *err)
{
	uint32_t lists[MATCH_LISTS_OF_ENTRY];
	struct match_entry *e = &p->m->entries[entry];
	size_t count = match_lists_of(p->lists, p->m, e, kinds, lists);
	int64_t since = match_time(p->log, e->time_ns) - p->window_ns, until = match_time(p->log, e->until_ns) + p->window_ns;
	enum status status = OK;
	for (size_t i = 0; i < count && !status; i++) {
		struct match_range r = match_lists_range(p->lists, lists[i]);
		uint32_t place = match_lists_since(p->lists, p->m, r, since);
		while (!status && e->taken < e->count) {
			place = match_lists_free_from(p->lists, p->m, r, place, p->bit);
			struct match_attempt *a = place < r.to ? &p->m->attempts[match_lists_at(p->lists, place)] : NULL;
			if (!a || a->time_ns > until)
				break;
			a->told |= p->bit;
			a->entry = a->entry == MATCH_NONE ? entry : a->entry;
			e->taken++;
			status = match_add(p->m, RULE_SUM, a, e, p->log, err);
		}
	}
	return status;
}

static enum status take_sums(struct pairing *p, struct error *err)
{
	enum status status = OK;
	for (unsigned round = MATCH_WIDE; round < MATCH_ROUNDS; round++)
		for (uint32_t i = p->log->from; i < p->log->to && !status; i++) {
			const struct match_entry *e = &p->m->entries[i];
			if (e->by == p->by && e->count)
				status = take_sum(p, i, match_agreeing(e, round), err);
		}
	return status;
}

/* As near as the entries of a log lie, mostly, by what is known of its clock: two of one
 * destination in the same few seconds must not stand for each other where they can be
 * told apart. */
static int64_t near_of(const struct match_clock *c)
{
	int64_t wide = MATCH_WINDOW_S * CLOCK_SECOND, least = 100 * CLOCK_MILLISECOND;
	if (c->state == CLOCK_UNKNOWN || c->spread_ns >= wide / 4)
		return wide;
	least = c->step_ns > least ? c->step_ns : least;
	return 4 * c->spread_ns > least ? 4 * c->spread_ns : least;
}

static enum status pair_sort(struct pairing *p, bool lies, struct error *err)
{
	enum status status = OK;
	p->lists = match_lists_new(p->m, p->log, p->by, true);
	p->cursors = must_alloc(match_lists_count(p->lists), sizeof *p->cursors);
	p->hungry = must_alloc(match_lists_count(p->lists), sizeof *p->hungry);
	const struct match_clock *c = &p->log->clock;
	int64_t near_ns = near_of(c), wide_ns = p->window_ns;
	int64_t narrow_ns = c->sure && c->pairs >= SURE_PAIRS ? near_ns : MATCH_WINDOW_S * CLOCK_SECOND;
	p->window_ns = near_ns;
	if (!lies && near_ns < wide_ns)
		pair_round(p, MATCH_NARROW, false);
	p->window_ns = wide_ns;
	for (unsigned round = MATCH_WIDE; round < (lies ? MATCH_WIDE + 1 : MATCH_ROUNDS); round++)
		pair_round(p, round, lies);
	if (!lies)
		match_reread(p, narrow_ns);
	if (!lies && narrow_ns < wide_ns)
		match_doubt_far(p, narrow_ns);
	if (!lies)
		status = take_sums(p, err);
	match_lists_free(p->lists);
	free(p->cursors);
	free(p->hungry);
	return status;
}

/* Entries of a sort that nothing bears out so far. */
static bool any_left(const struct pairing *p)
{
	for (uint32_t i = p->log->from; i < p->log->to; i++) {
		const struct match_entry *e = &p->m->entries[i];
		if (e->by == p->by && !e->count && e->attempt == MATCH_NONE && match_contradicting(e))
			return true;
	}
	return false;
}

/* How much an entry of a sort tells; its source port alone nearly names the attempt. */
static unsigned weight(unsigned by)
{
	return (unsigned)__builtin_popcount(by) + (by & BY_SPORT ? 8 : 0) + (by & BY_PID ? 2 : 0);
}

/* Which sorts there are, those that tell most first. */
static size_t sorts_of(const struct match *m, const struct match_log *log, unsigned ret[static BY_ALL])
{
	bool there[BY_ALL] = {false};
	size_t count = 0;
	for (uint32_t i = log->from; i < log->to; i++)
		there[m->entries[i].by] = true;
	for (unsigned w = 32; w-- > 0;)
		for (unsigned by = 0; by < BY_ALL; by++)
			if (there[by] && weight(by) == w)
				ret[count++] = by;
	return count;
}

enum status match_pair(struct match *m, const struct match_log *log, struct error *err)
{
	unsigned sorts[BY_ALL];
	size_t count = sorts_of(m, log, sorts), entries = log->to - log->from;
	bool guess = log->clock.state == CLOCK_UNKNOWN;
	struct pairing p = {
		.m = m,
		.log = log,
		.bit = match_bit(m, log),
		.window_ns = MATCH_WINDOW_S * CLOCK_SECOND + (guess ? log->slack_ns : 0),
		.tells = must_alloc(intern_count(m->programs), sizeof *p.tells),
		.place_of = must_alloc(entries, sizeof *p.place_of),
		.list_of = must_alloc(entries, sizeof *p.list_of),
	};
	enum status status = OK;
	for (int lies = 0; lies < 2; lies++) {
		for (uint32_t i = log->from; i < log->to; i++)
			if (m->entries[i].attempt != MATCH_NONE)
				p.tells[m->attempts[m->entries[i].attempt].exe] = true;
		for (size_t i = 0; i < count && !status; i++) {
			p.by = sorts[i];
			if (lies)
				p.window_ns = MATCH_WINDOW_S * CLOCK_SECOND;
			if (!lies || any_left(&p))
				status = pair_sort(&p, lies, err);
		}
	}
	release_bit(m, p.bit);
	free(p.tells);
	free(p.place_of);
	free(p.list_of);
	return status;
}
