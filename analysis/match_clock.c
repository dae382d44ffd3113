/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A log's clock beside the machine's. Three guesses compete: that it agrees; a constant
 * offset, by a vote of all differences between entries and attempts that may belong
 * together; a line through pairs that can hardly be others (one entry and one attempt
 * of their sort, or as many of the one as of the other, in their order). That it agrees
 * is believed first, as most logs are written by the same machine; another one must
 * explain clearly more entries, and no rival may do nearly as well.
 *
 * Whoever is to be called a liar needs more: the times must tell the entries apart.
 */
#include "analysis/match_line.h"
#include "analysis/match_lists.h"

#include <stdlib.h>

enum {
	SAMPLE_MAX = 2048,       /* entries that are looked at */
	CANDIDATES_MAX = 64,     /* attempts of a list that vote; a longer one tells too little */
	PAIRS_MIN = 3,           /* for another offset than none */
	PAIRS_HIGH = 8,
	TELLS_APART = 8,         /* a pair is this many times nearer than the next attempt */
};

static const int64_t near_ns = 2500 * CLOCK_MILLISECOND, wide_ns = MATCH_WINDOW_S * CLOCK_SECOND;

struct vote {
	int64_t off_ns;
	uint32_t entry; /* number in the sample */
};

struct estimate {
	const struct match *m;
	const struct match_log *log;
	struct match_lists *lists;
	uint32_t *sample, *list_of; /* entries, and the one list of each */
	size_t count;
	struct vote *votes;
	size_t vote_count;
	struct match_point *pairs;
	size_t pair_count;
};

int64_t match_time(const struct match_log *log, int64_t time_ns)
{
	const struct match_clock *c = &log->clock;
	const struct match_line l = {.origin_ns = c->origin_ns, .offset_ns = c->offset_ns, .drift_ppb = c->drift_ppb};
	const struct match_point p = {time_ns, 0};
	return time_ns + match_line_rest(&l, &p);
}

/* What most entries of the log tell. */
static unsigned usual_sort(const struct match *m, const struct match_log *log)
{
	size_t counts[BY_ALL] = {0};
	unsigned best = 0;
	for (uint32_t i = log->from; i < log->to; i++)
		counts[m->entries[i].by]++;
	for (unsigned by = 1; by < BY_ALL; by++)
		if (counts[by] > counts[best])
			best = by;
	return best;
}

/* The only list that an entry may be of; false where there is none, or more. */
static bool only_list(const struct estimate *s, uint32_t entry, unsigned by, uint32_t *ret)
{
	uint32_t lists[MATCH_LISTS_OF_ENTRY];
	const struct match_entry *e = &s->m->entries[entry];
	if (e->by != by || e->count)
		return false;
	size_t count = match_lists_of(s->lists, s->m, e, ~0u, lists);
	*ret = lists[0];
	return count == 1;
}

/* Entries and attempts of a list that are as many are paired in their order. */
static void collect_pairs(struct estimate *s, unsigned by, size_t comparable)
{
	uint32_t *claims = must_alloc(match_lists_count(s->lists), sizeof *claims), list;
	uint32_t *used = must_alloc(match_lists_count(s->lists), sizeof *used);
	size_t step = comparable / MATCH_POINTS_MAX + 1, seen = 0;
	for (uint32_t i = s->log->from; i < s->log->to; i++)
		if (only_list(s, i, by, &list))
			claims[list]++;
	for (uint32_t i = s->log->from; i < s->log->to; i++) {
		if (!only_list(s, i, by, &list))
			continue;
		struct match_range r = match_lists_range(s->lists, list);
		if (claims[list] != r.to - r.from)
			continue;
		uint32_t place = r.from + used[list]++;
		if (seen++ % step != 0 || s->pair_count == MATCH_POINTS_MAX)
			continue;
		int64_t time = s->m->entries[i].time_ns;
		s->pairs[s->pair_count++] =
			(struct match_point){time, time - s->m->attempts[match_lists_at(s->lists, place)].time_ns};
	}
	free(claims);
	free(used);
}

static void collect_sample(struct estimate *s, unsigned by, size_t comparable)
{
	size_t step = comparable / SAMPLE_MAX + 1, seen = 0;
	uint32_t list;
	for (uint32_t i = s->log->from; i < s->log->to; i++)
		if (only_list(s, i, by, &list) && seen++ % step == 0 && s->count < SAMPLE_MAX) {
			s->sample[s->count] = i;
			s->list_of[s->count++] = list;
		}
}

static int by_offset(const void *left, const void *right)
{
	const struct vote *a = left, *b = right;
	if (a->off_ns != b->off_ns)
		return a->off_ns < b->off_ns ? -1 : 1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static void collect_votes(struct estimate *s)
{
	s->votes = must_alloc((size_t)SAMPLE_MAX * CANDIDATES_MAX, sizeof *s->votes);
	for (uint32_t i = 0; i < s->count; i++) {
		struct match_range r = match_lists_range(s->lists, s->list_of[i]);
		if (r.to - r.from > CANDIDATES_MAX)
			continue;
		for (uint32_t at = r.from; at < r.to; at++)
			s->votes[s->vote_count++] = (struct vote){
				s->m->entries[s->sample[i]].time_ns - s->m->attempts[match_lists_at(s->lists, at)].time_ns, i};
	}
	qsort(s->votes, s->vote_count, sizeof *s->votes, by_offset);
}

/* The two seconds of offsets that most entries vote for; of those whose middle is at
 * least `away` from `from_ns`, or, not `outside`, at most. */
static size_t best_window(const struct estimate *s, int64_t from_ns, int64_t away_ns, bool outside, int64_t *ret_off_ns)
{
	uint32_t *in = must_alloc(s->count, sizeof *in);
	size_t first = 0, entries = 0, best = 0;
	for (size_t i = 0; i < s->vote_count; i++) {
		entries += in[s->votes[i].entry]++ == 0;
		while (s->votes[i].off_ns - s->votes[first].off_ns > 2 * CLOCK_SECOND)
			entries -= --in[s->votes[first++].entry] == 0;
		int64_t middle = s->votes[first + (i - first) / 2].off_ns, off = middle - from_ns;
		if (entries > best && ((off > away_ns || off < -away_ns) == outside)) {
			best = entries;
			*ret_off_ns = middle;
		}
	}
	free(in);
	return best;
}

/* How far the nearest attempt is, by a line; and how far the one beside that. */
static int64_t nearest(const struct estimate *s, size_t n, const struct match_line *l, int64_t *ret_next)
{
	const struct match_entry *e = &s->m->entries[s->sample[n]];
	const struct match_point p = {e->time_ns, 0};
	struct match_range r = match_lists_range(s->lists, s->list_of[n]);
	int64_t time = e->time_ns + match_line_rest(l, &p), best = INT64_MAX;
	uint32_t at = match_lists_since(s->lists, s->m, r, time);
	*ret_next = INT64_MAX;
	for (uint32_t i = at - r.from > 2 ? at - 2 : r.from; i < r.to && i <= at + 1; i++) {
		int64_t off = time - s->m->attempts[match_lists_at(s->lists, i)].time_ns, other = off;
		if (best == INT64_MAX || llabs(off) < llabs(best)) {
			other = best;
			best = off;
		}
		if (other != INT64_MAX && llabs(other) < *ret_next)
			*ret_next = llabs(other);
	}
	return best;
}

/* Entries that find an attempt by this line; `ret_apart`: that find it much sooner than
 * another one. */
static size_t score(const struct estimate *s, const struct match_line *l, int64_t within_ns, size_t *ret_apart)
{
	size_t found = 0;
	*ret_apart = 0;
	for (size_t i = 0; i < s->count; i++) {
		int64_t next, off = nearest(s, i, l, &next);
		if (off == INT64_MAX || llabs(off) > within_ns)
			continue;
		found++;
		*ret_apart += next == INT64_MAX || llabs(off) < next / TELLS_APART;
	}
	return found;
}

/* The middle of the nearest differences is the offset of a log whose clock agrees. */
static struct match_line refine(const struct estimate *s, const struct match_line *l, int64_t within_ns)
{
	struct match_point *points = must_alloc(SAMPLE_MAX, sizeof *points);
	struct match_line better = *l;
	size_t count = 0;
	for (size_t i = 0; i < s->count; i++) {
		int64_t next, off = nearest(s, i, l, &next);
		const struct match_point p = {s->m->entries[s->sample[i]].time_ns, 0};
		if (off != INT64_MAX && llabs(off) <= within_ns)
			points[count++] = (struct match_point){p.at_ns, off - match_line_rest(l, &p)};
	}
	if (count >= PAIRS_MIN)
		better = match_line_fit(points, count, within_ns);
	better.near = count;
	free(points);
	return better;
}

static bool clearly_more(size_t many, size_t few)
{
	return many >= few + few / 5 + 2;
}

static void take(struct match_clock *c, const struct match_line *l, enum match_clock_state state, size_t pairs)
{
	c->state = state;
	c->origin_ns = l->origin_ns;
	c->offset_ns = l->offset_ns;
	c->drift_ppb = l->drift_ppb;
	c->spread_ns = l->spread_ns;
	c->pairs = (int64_t)pairs;
}

/* Another offset: through the pairs, or by the vote. */
static bool find_shift(const struct estimate *s, size_t agreeing, size_t rival_of_none, int64_t voted_ns,
		       struct match_clock *c)
{
	struct match_line line = {0}, constant = {.offset_ns = voted_ns};
	size_t by_line = 0, by_vote = 0, apart_line = 0, apart_vote = 0;
	int64_t ignored;
	if (s->pair_count >= PAIRS_MIN) {
		line = match_line_fit(s->pairs, s->pair_count, near_ns);
		if (5 * line.near >= 3 * s->pair_count && line.near >= PAIRS_MIN)
			by_line = score(s, &line, near_ns, &apart_line);
	}
	if (rival_of_none >= PAIRS_HIGH / 2 &&
	    10 * best_window(s, voted_ns, 2 * near_ns, true, &ignored) <= 7 * rival_of_none)
		by_vote = score(s, &constant, near_ns, &apart_vote);
	bool vote = by_vote > by_line;
	size_t best = vote ? by_vote : by_line, apart = vote ? apart_vote : apart_line;
	if (best < PAIRS_MIN || !clearly_more(best, agreeing))
		return false;
	line = vote ? refine(s, &constant, near_ns) : line;
	take(c, &line, CLOCK_SHIFTED, best);
	c->sure = 2 * apart >= best && best >= PAIRS_HIGH / 2;
	return true;
}

static void decide(struct estimate *s, struct match_clock *c)
{
	struct match_line none = {.origin_ns = s->m->entries[s->log->from].time_ns};
	size_t apart;
	int64_t voted = 0, ignored;
	c->compared = (int64_t)s->count;
	if (s->count == 0)
		return;
	size_t agreeing = score(s, &none, wide_ns, &apart);
	size_t here = best_window(s, 0, wide_ns, false, &ignored);
	size_t elsewhere = best_window(s, 0, wide_ns, true, &voted);
	if (find_shift(s, agreeing, elsewhere, voted, c))
		return;
	if (agreeing == 0)
		return;
	struct match_line line = refine(s, &none, wide_ns);
	take(c, &line, CLOCK_AGREES, agreeing);
	/* where much happens no entry is far from the next, and all of them together tell */
	bool alone = here >= PAIRS_HIGH && 10 * elsewhere <= 7 * here;
	c->sure = here >= elsewhere && (2 * apart >= agreeing || alone);
}

static int64_t step_of(const struct match *m, const struct match_log *log)
{
	for (uint32_t i = log->from; i < log->to; i++)
		if (m->entries[i].time_ns % CLOCK_SECOND != 0)
			return 0;
	return CLOCK_SECOND;
}

void match_clock(struct match *m, struct match_log *log)
{
	struct estimate s = {.m = m, .log = log};
	unsigned by = usual_sort(m, log);
	size_t comparable = 0;
	uint32_t list;
	if (log->from == log->to)
		return;
	log->clock.step_ns = step_of(m, log);
	s.lists = match_lists_new(m, log, by, false);
	s.sample = must_alloc(SAMPLE_MAX, sizeof *s.sample);
	s.list_of = must_alloc(SAMPLE_MAX, sizeof *s.list_of);
	s.pairs = must_alloc(MATCH_POINTS_MAX, sizeof *s.pairs);
	for (uint32_t i = log->from; i < log->to; i++)
		comparable += only_list(&s, i, by, &list);
	collect_pairs(&s, by, comparable);
	collect_sample(&s, by, comparable);
	collect_votes(&s);
	decide(&s, &log->clock);
	match_lists_free(s.lists);
	free(s.sample);
	free(s.list_of);
	free(s.pairs);
	free(s.votes);
}
