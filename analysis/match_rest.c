/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is left on either side, and the rows. An entry without an attempt is told apart
 * by why nothing was there; an attempt without an entry, by whether the log's own way
 * of counting explains it.
 */
#include "analysis/match_lists.h"

#include <stdlib.h>

enum { AGAIN_S = 130 /* TCP gives up after about that, RFC 1122, 4.2.3.5 */, RETRY_S = 10, EYEBALLS_S = 2 };

enum status match_add(struct match *m, enum match_rule rule, const struct match_attempt *a,
		      const struct match_entry *e, const struct match_log *log, struct error *err)
{
	sqlite3_stmt *q = store_query(m->store, QUERY_MATCH_INSERT);
	store_bind_text(q, 1, match_rules[rule].outcome);
	if (a)
		store_bind_i64(q, 2, a->id);
	if (e)
		store_bind_i64(q, 3, e->id);
	if (a && e)
		store_bind_i64(q, 4, e->time_ns - a->time_ns);
	store_bind_text(q, 5, match_rules[rule].id);
	if (log)
		store_bind_i64(q, 6, log->id);
	return store_run(q, err);
}

static bool is_covered(const struct match *m, int64_t from_ns, int64_t to_ns)
{
	for (size_t i = 0; i < m->span_count; i++)
		if (m->spans[i].from_ns <= from_ns && m->spans[i].to_ns >= to_ns)
			return true;
	return false;
}

static bool is_of_session(const struct match *m, const struct match_entry *e)
{
	if (e->by & BY_PID)
		return e->pid < MATCH_PID_MAX && m->pids[e->pid];
	return (e->by & (BY_EXE | BY_COMM)) != 0;
}

/* Any attempt of the session at this destination that the log does not tell of. */
static bool is_elsewhere(const struct match_lists *l, const struct match *m, const struct match_entry *e, uint64_t bit)
{
	uint32_t lists[MATCH_LISTS_OF_ENTRY];
	size_t count = match_lists_of(l, m, e, ~0u, lists), steps = 0;
	for (size_t i = 0; i < count; i++) {
		struct match_range r = match_lists_range(l, lists[i]);
		for (uint32_t at = r.from; at < r.to && steps < MATCH_STEPS_MAX; at++, steps++)
			if (!(m->attempts[match_lists_at(l, at)].told & bit))
				return true;
		if (steps == MATCH_STEPS_MAX)
			return true;
	}
	return false;
}

/* Why an entry that says allowed, or only tells of it, has no attempt. */
static enum match_rule rule_of_allowed(const struct match *m, const struct match_log *log, const struct match_entry *e,
				       bool elsewhere)
{
	const int64_t window = MATCH_WINDOW_S * CLOCK_SECOND;
	int64_t time = match_time(log, e->time_ns);
	if (log->clock.state == CLOCK_UNKNOWN && elsewhere)
		return RULE_CLOCK_UNKNOWN;
	if (m->from_ns && m->to_ns && (time < m->from_ns || time > m->to_ns))
		return RULE_OUTSIDE;
	if ((e->by & BY_PID || e->named) && !is_of_session(m, e))
		return RULE_NOT_WATCHED;
	int64_t since = time - window > m->from_ns ? time - window : m->from_ns;
	int64_t until = time + window < m->to_ns ? time + window : m->to_ns;
	if (!m->from_ns || !m->to_ns || !is_covered(m, since, until))
		return RULE_NOT_COVERED;
	bool certain = log->clock.state != CLOCK_UNKNOWN && log->clock.sure && !elsewhere;
	bool tells = e->says == SAYS_ALLOWED && m->targets[e->target].literal && e->port && is_of_session(m, e);
	return certain && tells ? RULE_LIE_NOTHING : RULE_NOTHING_SEEN;
}

/* A packet of a connection that an entry before it told of. */
static const struct match_attempt *sent_again(const struct match_lists *l, const struct match *m,
					      const struct match_log *log, const struct match_entry *e)
{
	uint32_t lists[MATCH_LISTS_OF_ENTRY];
	int64_t time = match_time(log, e->time_ns);
	size_t count = e->sport ? match_lists_of(l, m, e, ~0u, lists) : 0;
	for (size_t i = 0; i < count; i++) {
		struct match_range r = match_lists_range(l, lists[i]);
		uint32_t at = match_lists_since(l, m, r, time - AGAIN_S * CLOCK_SECOND);
		for (uint32_t n = 0; at < r.to && n < MATCH_STEPS_MAX; at++, n++) {
			const struct match_attempt *a = &m->attempts[match_lists_at(l, at)];
			if (a->time_ns > time + MATCH_WINDOW_S * CLOCK_SECOND)
				break;
			enum match_kind lie = e->says == SAYS_BLOCKED ? KIND_HAPPENED : KIND_STOPPED;
			if (a->sport == e->sport && a->told & match_bit(m, log) && (e->says == SAYS_LOGGED || a->kind != lie))
				return a;
		}
	}
	return NULL;
}

struct leftover {
	struct match_lists *by_place, *by_sport; /* made when the first is needed */
	const struct match_log *log;
};

static enum status add_leftover(struct match *m, struct leftover *l, const struct match_entry *e, struct error *err)
{
	if (!l->by_place) {
		l->by_place = match_lists_new(m, l->log, BY_PORT, false);
		l->by_sport = match_lists_new(m, l->log, BY_PORT | BY_SPORT, false);
	}
	const struct match_attempt *again = sent_again(l->by_sport, m, l->log, e);
	if (again)
		return match_add(m, RULE_AGAIN, again, e, l->log, err);
	enum match_rule rule = (enum match_rule)e->rule;
	bool elsewhere = is_elsewhere(l->by_place, m, e, match_bit(m, l->log));
	if (rule == MATCH_RULES && e->says == SAYS_BLOCKED)
		rule = l->log->clock.state == CLOCK_UNKNOWN && elsewhere ? RULE_CLOCK_UNKNOWN : RULE_BEFORE_KERNEL;
	else if (rule == MATCH_RULES)
		rule = rule_of_allowed(m, l->log, e, elsewhere);
	return match_add(m, rule, NULL, e, l->log, err);
}

static enum status add_entry(struct match *m, struct leftover *l, const struct match_entry *e, struct error *err)
{
	if (e->attempt != MATCH_NONE)
		return match_add(m, (enum match_rule)e->rule, &m->attempts[e->attempt], e, l->log, err);
	if (!e->count)
		return add_leftover(m, l, e, err);
	if (e->taken == e->count || (e->says == SAYS_BLOCKED && e->taken == 0))
		return e->taken ? OK : match_add(m, RULE_BEFORE_KERNEL, NULL, e, l->log, err);
	return match_add(m, e->says == SAYS_BLOCKED ? RULE_BEFORE_KERNEL : RULE_SUM_SHORT, NULL, e, l->log, err);
}

static enum status add_entries(struct match *m, const struct match_log *log, struct error *err)
{
	struct leftover l = {.log = log};
	enum status status = OK;
	for (uint32_t i = log->from; i < log->to && !status; i++)
		status = add_entry(m, &l, &m->entries[i], err);
	match_lists_free(l.by_place);
	match_lists_free(l.by_sport);
	return status;
}

/* The attempts of each process, in the order of time. */
struct by_pid {
	uint32_t *first; /* by pid: where its attempts begin in `order` */
	uint32_t *order, *at; /* at: by attempt, its place there */
};

static struct by_pid sort_by_pid(const struct match *m)
{
	struct by_pid p = {must_alloc(MATCH_PID_MAX + 2, sizeof *p.first), must_alloc(m->attempt_count, sizeof *p.order),
			   must_alloc(m->attempt_count, sizeof *p.at)};
	for (size_t i = 0; i < m->attempt_count; i++)
		p.first[m->attempts[i].pid + 2]++;
	for (size_t i = 1; i < MATCH_PID_MAX + 2; i++)
		p.first[i] += p.first[i - 1];
	for (size_t i = 0; i < m->attempt_count; i++) {
		p.at[i] = p.first[m->attempts[i].pid + 1]++;
		p.order[p.at[i]] = (uint32_t)i;
	}
	return p;
}

static void free_by_pid(struct by_pid *p)
{
	free(p->first);
	free(p->order);
	free(p->at);
}

static enum status same_name(struct match *m, const struct match_attempt *a, const struct match_attempt *b, bool *ret,
			     struct error *err)
{
	const struct match_target *t = &m->targets[m->entries[b->entry].target];
	*ret = false;
	for (uint32_t i = 0; i < t->place_count && !t->literal; i++)
		if (t->places[i] == a->place)
			*ret = true;
	if (*ret)
		return OK;
	sqlite3_stmt *q = store_query(m->store, QUERY_MATCH_SAME_NAME);
	store_bind_text(q, 1, intern_text(m->texts, a->place));
	store_bind_text(q, 2, intern_text(m->texts, b->place));
	enum status status = store_step(q, ret, err);
	sqlite3_reset(q);
	return status;
}

/* Is `a` what a log that counts connections leaves out beside `b`, which it tells? */
static enum status explains(struct match *m, const struct match_attempt *a, const struct match_attempt *b,
			    enum match_rule *ret, struct error *err)
{
	int64_t off = llabs(a->time_ns - b->time_ns);
	bool alike = a->pid == b->pid && a->pid && a->port == b->port && a->proto == b->proto && b->entry != MATCH_NONE;
	bool named = false;
	*ret = MATCH_RULES;
	if (!alike || !a->quiet)
		return OK;
	if (a->place == b->place && a->kind != KIND_HAPPENED && off <= RETRY_S * CLOCK_SECOND) {
		*ret = RULE_RETRY;
		return OK;
	}
	if (a->place == b->place || off > EYEBALLS_S * CLOCK_SECOND)
		return OK;
	enum status status = same_name(m, a, b, &named, err);
	*ret = named ? RULE_EYEBALLS : MATCH_RULES;
	return status;
}

static enum status find_sibling(struct match *m, const struct by_pid *p, size_t n, enum match_rule *ret_rule,
				const struct match_attempt **ret, struct error *err)
{
	const struct match_attempt *a = &m->attempts[n];
	const uint32_t at = p->at[n];
	enum status status = OK;
	*ret_rule = MATCH_RULES;
	for (uint32_t step = 1; step <= MATCH_STEPS_MAX && *ret_rule == MATCH_RULES && !status; step++)
		for (int side = 0; side < 2 && *ret_rule == MATCH_RULES && !status; side++) {
			uint32_t place = side ? at + step : at - step;
			if (place >= m->attempt_count || (!side && step > at))
				continue;
			*ret = &m->attempts[p->order[place]];
			if ((*ret)->told)
				status = explains(m, a, *ret, ret_rule, err);
		}
	return status;
}

/* Which programs each log tells of, of attempts that happened and that did not. */
static void find_scopes(const struct match *m, bool *ret, size_t programs)
{
	for (size_t i = 0; i < m->attempt_count; i++) {
		const struct match_attempt *a = &m->attempts[i];
		for (size_t n = 0; n < m->log_count && n < MATCH_LOGS_MAX && a->leaves; n++)
			if (a->told >> n & 1)
				ret[(n * programs + a->exe) * 2 + (a->kind == KIND_STOPPED)] = true;
	}
}

static enum status add_silent_logs(struct match *m, const struct match_attempt *a, const bool *scopes, size_t programs,
				   struct error *err)
{
	enum status status = OK;
	for (size_t n = 0; n < m->log_count && n < MATCH_LOGS_MAX && !status; n++)
		if (!(a->told >> n & 1) && scopes[(n * programs + a->exe) * 2 + (a->kind == KIND_STOPPED)])
			status = match_add(m, RULE_SILENT_HERE, a, NULL, &m->logs[n], err);
	return status;
}

static enum status add_silent(struct match *m, struct error *err)
{
	size_t programs = intern_count(m->programs);
	bool *scopes = must_alloc(m->log_count * programs * 2, sizeof *scopes);
	struct by_pid p = sort_by_pid(m);
	enum status status = OK;
	find_scopes(m, scopes, programs);
	for (size_t i = 0; i < m->attempt_count && !status; i++) {
		const struct match_attempt *a = &m->attempts[i], *sibling = NULL;
		enum match_rule rule = MATCH_RULES;
		if (!a->leaves)
			continue;
		if (a->told) {
			if (m->log_count > 1)
				status = add_silent_logs(m, a, scopes, programs, err);
			continue;
		}
		status = find_sibling(m, &p, i, &rule, &sibling, err);
		if (!status && rule != MATCH_RULES)
			status = match_add(m, rule, a, &m->entries[sibling->entry], NULL, err);
		else if (!status)
			status = match_add(m, RULE_SILENT, a, NULL, NULL, err);
	}
	free_by_pid(&p);
	free(scopes);
	return status;
}

enum status match_rest(struct match *m, struct error *err)
{
	enum status status = OK;
	bool readable = false;
	for (size_t i = 0; i < m->log_count && !status; i++) {
		readable |= !m->logs[i].problem;
		status = add_entries(m, &m->logs[i], err);
	}
	return status || !readable ? status : add_silent(m, err);
}
