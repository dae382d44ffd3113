/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What becomes of a new packet that leaves the machine, for any destination: each
 * ruleset is walked as its firewall walks it. Rules for the loopback and for what was
 * begun before do not concern it. One that accepts some of such packets before they are
 * denied is a hole; one that is not understood, and might accept, leaves it open whether
 * they are denied.
 */
#include "analysis/posture.h"

#include "core/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	DEPTH_MAX = 16,          /* jumps within jumps */
	STEPS_MAX = 1000000,     /* rules that are looked at in one walk */
	RULES_MAX = 400000,      /* in all; a reader bounds those of one ruleset */
	MEMORY_MAX = 256 << 20,
};

struct rule {
	int64_t source, record;
	const char *family, *chain, *verdict, *target, *scope, *text;
};

struct chain {
	int64_t source, record, priority;
	const char *family, *name, *hook, *policy;
};

struct rules {
	struct arena *arena;
	struct rule *rules; /* by source, record, chain, and in their order */
	struct chain *chains;
	size_t rule_count, chain_count;
	int64_t ufw; /* 2: denies by default, 1: allows, 0: it is off */
};

enum result { GOES_ON, ACCEPTED, DENIED, OPEN };

/* A walk through one ruleset for one family. */
struct walk {
	const struct rules *all;
	const char *family;
	int64_t source, record;
	unsigned steps, depth, holes;
	const char *hole, *why; /* the first hole; what decided */
};

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool of_family(const char *families, const char *family)
{
	return strchr(families, family[0]) != NULL;
}

static const char *keep(struct rules *r, sqlite3_stmt *q, int column)
{
	const char *text = arena_string(r->arena, store_slice(q, column));
	return text ? text : "";
}

static enum status load(struct store *store, struct rules *r, struct error *err)
{
	bool row = true;
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_RULES);
	enum status status = OK;
	while (!status && !(status = store_step(q, &row, err)) && row && r->rule_count < RULES_MAX)
		r->rules[r->rule_count++] = (struct rule){
			store_i64(q, 0), store_i64(q, 1), keep(r, q, 2), keep(r, q, 3),
			keep(r, q, 4),	 keep(r, q, 5),	  keep(r, q, 6), keep(r, q, 7)};
	sqlite3_reset(q);
	q = store_query(store, QUERY_POSTURE_CHAINS);
	row = true;
	while (!status && !(status = store_step(q, &row, err)) && row && r->chain_count < RULES_MAX)
		r->chains[r->chain_count++] = (struct chain){
			store_i64(q, 0), store_i64(q, 1), store_i64(q, 5), keep(r, q, 2),
			keep(r, q, 3),	 keep(r, q, 4),	  keep(r, q, 6)};
	sqlite3_reset(q);
	return status ? status : store_number(store_query(store, QUERY_POSTURE_UFW_DEFAULT), &r->ufw, err);
}

static int compare_rule(const struct rule *r, int64_t source, int64_t record, const char *chain)
{
	if (r->source != source)
		return r->source < source ? -1 : 1;
	if (r->record != record)
		return r->record < record ? -1 : 1;
	return strcmp(r->chain, chain);
}

/* The first rule of a chain, or where it would stand. */
static size_t first_rule(const struct walk *w, const char *chain)
{
	size_t low = 0, high = w->all->rule_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_rule(&w->all->rules[middle], w->source, w->record, chain) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct rule *rule_of(const struct walk *w, const char *chain, size_t at)
{
	bool inside = at < w->all->rule_count &&
		      compare_rule(&w->all->rules[at], w->source, w->record, chain) == 0;
	return inside ? &w->all->rules[at] : NULL;
}

static void add_hole(struct walk *w, const char *text)
{
	w->holes++;
	if (!w->hole)
		w->hole = text;
}

static enum result walk_chain(struct walk *w, const char *chain);

/* What some packets meet that are sent through another chain: the others go on. */
static enum result walk_some(struct walk *w, const struct rule *r)
{
	struct walk inner = *w;
	inner.holes = 0;
	enum result result = walk_chain(&inner, r->target);
	w->steps = inner.steps;
	if (result == OPEN) {
		w->why = inner.why;
		return OPEN;
	}
	if (result == ACCEPTED || inner.holes > 0)
		add_hole(w, r->text);
	return GOES_ON;
}

static enum result walk_jump(struct walk *w, const struct rule *r, bool all)
{
	if (w->depth >= DEPTH_MAX) {
		w->why = "its chains jump deeper than is followed";
		return OPEN;
	}
	w->depth++;
	enum result result = all ? walk_chain(w, r->target) : walk_some(w, r);
	w->depth--;
	return result;
}

/* One rule for a packet that it may concern; `ret_over`: no later rule of the chain is asked. */
static enum result walk_rule(struct walk *w, const struct rule *r, bool *ret_over)
{
	bool all = is(r->scope, "all");
	*ret_over = false;
	if (is(r->scope, "loopback") || is(r->scope, "established") || !of_family(r->family, w->family))
		return GOES_ON;
	if (is(r->verdict, "unsure") || (is(r->scope, "unsure") && !is(r->verdict, "drop"))) {
		w->why = r->text;
		return OPEN;
	}
	if (is(r->verdict, "jump") || is(r->verdict, "goto")) {
		enum result result = walk_jump(w, r, all);
		*ret_over = all && is(r->verdict, "goto");
		return result;
	}
	if (!all && is(r->verdict, "accept"))
		add_hole(w, r->text);
	if (!all || (!is(r->verdict, "accept") && !is(r->verdict, "drop") && !is(r->verdict, "return")))
		return GOES_ON;
	*ret_over = true;
	if (is(r->verdict, "return"))
		return GOES_ON;
	w->why = r->text;
	return is(r->verdict, "accept") ? ACCEPTED : DENIED;
}

/* GOES_ON: back to where it was called from, or the policy. Packets that return early
 * pass by what denies further down. */
static enum result walk_chain(struct walk *w, const char *chain)
{
	const char *early = NULL;
	const struct rule *r;
	for (size_t at = first_rule(w, chain); (r = rule_of(w, chain, at)) != NULL; at++) {
		bool over;
		if (++w->steps > STEPS_MAX) {
			w->why = "its chains are more entangled than is followed";
			return OPEN;
		}
		if (is(r->verdict, "return") && is(r->scope, "narrow") && of_family(r->family, w->family))
			early = r->text;
		enum result result = walk_rule(w, r, &over);
		if (result == DENIED && early)
			add_hole(w, early);
		if (result != GOES_ON || over)
			return result;
	}
	return GOES_ON;
}

static enum result walk_base(struct walk *w, const struct chain *c)
{
	if (is(c->policy, "default") && w->all->ufw == 0) {
		w->why = "ufw is not enabled";
		return ACCEPTED;
	}
	bool drops = is(c->policy, "drop") || (is(c->policy, "default") && w->all->ufw == 2);
	enum result result = walk_chain(w, c->name);
	if (result != GOES_ON)
		return result;
	w->why = drops ? "what no rule decides is dropped" : "what no rule decides is let through";
	return drops ? DENIED : ACCEPTED;
}

/* The last rule that matches, or the first quick one. A later rule for everything takes
 * back what was let pass before it, but not what was quick. */
static enum result walk_pf(struct walk *w, const struct chain *c)
{
	enum result last = ACCEPTED;
	unsigned quick_holes = 0;
	const char *quick_hole = NULL, *unsure = NULL;
	const struct rule *r;
	w->why = "no rule blocks what goes out";
	for (size_t at = first_rule(w, c->name); (r = rule_of(w, c->name, at)) != NULL; at++) {
		bool quick = strstr(r->verdict, "-quick") != NULL, passes = r->verdict[0] == 'p';
		if (is(r->scope, "loopback") || !of_family(r->family, w->family))
			continue;
		if (is(r->scope, "unsure") && (passes || is(r->verdict, "unsure")))
			unsure = r->text;
		if (is(r->scope, "narrow") && passes) {
			add_hole(w, r->text);
			quick_holes += quick ? 1 : 0;
			quick_hole = quick && !quick_hole ? r->text : quick_hole;
		}
		if (!is(r->scope, "all"))
			continue;
		last = passes ? ACCEPTED : DENIED;
		w->why = r->text;
		w->holes = quick_holes;
		w->hole = quick_hole;
		if (quick)
			break;
	}
	if (last != DENIED || !unsure)
		return last;
	w->why = unsure;
	return OPEN;
}

/* Every chain at the hook is asked: one that denies is enough; the profiles of Windows
 * are instead of each other: each must. */
struct verdict {
	enum result result;
	bool any;
	unsigned holes;
	const char *why, *hole;
};

static void take(struct verdict *v, const struct walk *w, enum result result, bool each_must)
{
	bool better = result == DENIED ? v->result != DENIED || w->holes < v->holes
				       : result == OPEN && v->result == ACCEPTED;
	if (each_must)
		better = result != DENIED;
	if (!v->any || better)
		*v = (struct verdict){result, true, w->holes, w->why, w->hole};
}

static struct verdict walk_ruleset(const struct rules *all, size_t from, size_t to, const char *family,
				   const char *hook)
{
	bool own = is(hook, "output");
	struct verdict v = {.result = ACCEPTED};
	for (size_t i = from; i < to; i++) {
		const struct chain *c = &all->chains[i];
		struct walk w = {.all = all, .family = family, .source = c->source, .record = c->record};
		bool pf = own && is(c->hook, "pf"), profile = own && is(c->hook, "profile");
		if ((!pf && !profile && !is(c->hook, hook)) || !of_family(c->family, family))
			continue;
		enum result result = pf ? walk_pf(&w, c) : walk_base(&w, c);
		take(&v, &w, result, profile);
	}
	return v;
}

static enum status write_way(struct store *store, const struct chain *c, const char *family,
			     const char *hook, const struct verdict *v, struct error *err)
{
	static const char *const words[] = {"open", "open", "denied", "unsure"};
	sqlite3_stmt *q = store_query(store, QUERY_POSTURE_WAY_INSERT);
	store_bind_i64(q, 1, c->source);
	store_bind_i64(q, 2, c->record);
	store_bind_text(q, 3, family);
	store_bind_text(q, 4, v->any ? words[v->result] : "none");
	store_bind_text(q, 5, v->any && v->why ? v->why : "it has no rules for that");
	store_bind_i64(q, 6, v->holes);
	store_bind_text(q, 7, v->hole ? v->hole : "");
	store_bind_text(q, 8, hook);
	return store_run(q, err);
}

static enum status walk_all(struct store *store, const struct rules *all, struct error *err)
{
	static const char *const families[] = {"4", "6"};
	enum status status = OK;
	for (size_t from = 0, to; from < all->chain_count && !status; from = to) {
		const struct chain *c = &all->chains[from];
		for (to = from; to < all->chain_count && all->chains[to].source == c->source &&
				all->chains[to].record == c->record;)
			to++;
		for (size_t f = 0; f < 2 * LENGTH(families) && !status; f++) {
			const char *family = families[f / 2], *hook = f % 2 ? "forward" : "output";
			struct verdict v = walk_ruleset(all, from, to, family, hook);
			status = write_way(store, c, family, hook, &v, err);
		}
	}
	return status;
}

enum status posture_firewall(struct store *store, struct error *err)
{
	struct rules r = {.arena = arena_new(MEMORY_MAX)};
	r.rules = must_alloc(RULES_MAX, sizeof *r.rules);
	r.chains = must_alloc(RULES_MAX, sizeof *r.chains);
	enum status status = load(store, &r, err);
	if (!status)
		status = walk_all(store, &r, err);
	free(r.rules);
	free(r.chains);
	arena_free(r.arena);
	return status;
}
