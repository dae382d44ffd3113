/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a lie can be told from the truth at all. An entry is true of an attempt where it
 * names its place and program, lies within PLAN_SAME_S by the log's own clock and digits,
 * and says what became of it; of what was refused either word is true. A log can be read as
 * any assignment of its entries to attempts, one to one. In the reading with the fewest
 * false entries that many are false; the lies beyond these are hidden: two that swap what
 * happened and what was stopped, so near to each other that an honest log is the same.
 *
 * Kuhn's algorithm: each entry in turn takes an attempt, and who had that looks for another.
 */
#include "tests/sessions/plan.h"

#include <string.h>

enum { NOBODY = PLAN_ENTRIES_MAX };

struct reading {
	const struct plan *plan;
	const struct plan_habit *habit;
	size_t entry_of[PLAN_ATTEMPTS_MAX];
	bool asked[PLAN_ATTEMPTS_MAX];
};

static bool is_true(const struct plan_entry *e, const struct plan_attempt *a)
{
	return !strcmp(a->outcome, "refused") || !strcmp(a->outcome, "denied") == !strcmp(e->says, "blocked");
}

static bool is_in_time(const struct plan_habit *h, const struct plan_entry *e, const struct plan_attempt *a)
{
	return e->at_ns >= plan_clock(h, a->at_ns - PLAN_SAME_S * PLAN_SECOND) &&
	       e->at_ns <= plan_clock(h, a->at_ns + PLAN_SAME_S * PLAN_SECOND);
}

static bool is_same_place(const struct plan_entry *e, const struct plan_attempt *a)
{
	return (!strcmp(e->host, a->dst) || !strcmp(e->host, plan_name(a->dst))) && e->port == a->port;
}

static bool is_same_program(const struct plan_entry *e, const struct plan_attempt *a)
{
	return (!e->pid || e->pid == a->pid) && (!e->process || !strcmp(e->process, plan_process(a->pid)));
}

/* Is the entry true of this attempt? */
static bool may_be_of(const struct reading *r, const struct plan_entry *e, const struct plan_attempt *a)
{
	return plan_tells(r->plan, a, e->log) && is_same_place(e, a) && is_same_program(e, a) && is_true(e, a) &&
	       is_in_time(r->habit, e, a) && (!e->sport || e->sport == a->sport);
}

static bool find_attempt(struct reading *r, size_t entry)
{
	const struct plan *p = r->plan;
	for (size_t i = 0; i < p->attempt_count; i++) {
		if (r->asked[i] || !may_be_of(r, &p->entries[entry], &p->attempts[i]))
			continue;
		r->asked[i] = true;
		if (r->entry_of[i] == NOBODY || find_attempt(r, r->entry_of[i])) {
			r->entry_of[i] = entry;
			return true;
		}
	}
	return false;
}

unsigned plan_false(const struct plan *p, const struct plan_habit *h, size_t first_entry)
{
	struct reading r = {.plan = p, .habit = h};
	unsigned left_over = 0;
	for (size_t i = 0; i < PLAN_ATTEMPTS_MAX; i++)
		r.entry_of[i] = NOBODY;
	for (size_t i = first_entry; i < p->entry_count; i++) {
		memset(r.asked, 0, sizeof r.asked);
		left_over += !find_attempt(&r, i);
	}
	return left_over;
}
