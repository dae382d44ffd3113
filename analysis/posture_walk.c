/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What becomes of a new packet that leaves the machine, for any destination: each
 * ruleset is walked as its firewall walks it. Rules for the loopback and for what was
 * begun before do not concern it. One that accepts some of such packets before they are
 * denied is a hole; one that is not understood, and might accept, leaves it open whether
 * they are denied.
 */
#include "analysis/posture_walk.h"

#include <stdio.h>
#include <string.h>

enum {
	DEPTH_MAX = 16,      /* jumps within jumps */
	STEPS_MAX = 1000000, /* rules that are looked at in one walk */
};

/* A walk through one ruleset for one family. */
struct walk {
	const struct posture_rules *all;
	const char *family;
	int64_t source, record;
	unsigned steps, depth, holes, wide;
	const char *hole, *why; /* the first wide hole, or the first; what decided */
};

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool of_family(const char *families, const char *family)
{
	return strchr(families, family[0]) != NULL;
}

static int compare_rule(const struct posture_rule *r, int64_t source, int64_t record, const char *chain)
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

static const struct posture_rule *rule_of(const struct walk *w, const char *chain, size_t at)
{
	bool inside = at < w->all->rule_count &&
		      compare_rule(&w->all->rules[at], w->source, w->record, chain) == 0;
	return inside ? &w->all->rules[at] : NULL;
}

static bool is_some(const struct posture_rule *r)
{
	return is(r->scope, "narrow") || is(r->scope, "wide");
}

static void add_hole(struct walk *w, const struct posture_rule *r, bool wide)
{
	w->holes++;
	if (!w->hole || (wide && w->wide == 0))
		w->hole = r->text;
	w->wide += wide;
}

static enum posture_outcome walk_chain(struct walk *w, const char *chain);

/* What some packets meet that are sent through another chain: the others go on. */
static enum posture_outcome walk_some(struct walk *w, const struct posture_rule *r)
{
	struct walk inner = *w;
	inner.holes = inner.wide = 0;
	enum posture_outcome result = walk_chain(&inner, r->target);
	w->steps = inner.steps;
	if (result == POSTURE_OPEN) {
		w->why = inner.why;
		return POSTURE_OPEN;
	}
	if (result == POSTURE_ACCEPTED || inner.holes > 0)
		add_hole(w, r, is(r->scope, "wide") && (result == POSTURE_ACCEPTED || inner.wide > 0));
	return POSTURE_GOES_ON;
}

static enum posture_outcome walk_jump(struct walk *w, const struct posture_rule *r, bool all)
{
	if (w->depth >= DEPTH_MAX) {
		w->why = "its chains jump deeper than is followed";
		return POSTURE_OPEN;
	}
	w->depth++;
	enum posture_outcome result = all ? walk_chain(w, r->target) : walk_some(w, r);
	w->depth--;
	return result;
}

/* One rule for a packet that it may concern; `ret_over`: no later rule of the chain is asked. */
static enum posture_outcome walk_rule(struct walk *w, const struct posture_rule *r, bool *ret_over)
{
	bool all = is(r->scope, "all");
	*ret_over = false;
	if (is(r->scope, "loopback") || is(r->scope, "established") || is(r->scope, "link") || !of_family(r->family, w->family))
		return POSTURE_GOES_ON;
	if (is(r->verdict, "unsure") || (is(r->scope, "unsure") && !is(r->verdict, "drop"))) {
		w->why = r->text;
		return POSTURE_OPEN;
	}
	if (is(r->verdict, "jump") || is(r->verdict, "goto")) {
		enum posture_outcome result = walk_jump(w, r, all);
		*ret_over = all && is(r->verdict, "goto");
		return result;
	}
	if (!all && is(r->verdict, "accept"))
		add_hole(w, r, is(r->scope, "wide"));
	if (!all || (!is(r->verdict, "accept") && !is(r->verdict, "drop") && !is(r->verdict, "return")))
		return POSTURE_GOES_ON;
	*ret_over = true;
	if (is(r->verdict, "return"))
		return POSTURE_GOES_ON;
	w->why = r->text;
	return is(r->verdict, "accept") ? POSTURE_ACCEPTED : POSTURE_DENIED;
}

/* POSTURE_GOES_ON: back to where it was called from, or the policy. Packets that return early
 * pass by what denies further down. */
static enum posture_outcome walk_chain(struct walk *w, const char *chain)
{
	const struct posture_rule *r, *early = NULL;
	for (size_t at = first_rule(w, chain); (r = rule_of(w, chain, at)) != NULL; at++) {
		bool over;
		if (++w->steps > STEPS_MAX) {
			w->why = "its chains are more entangled than is followed";
			return POSTURE_OPEN;
		}
		if (is(r->verdict, "return") && is_some(r) && of_family(r->family, w->family))
			early = early && is(early->scope, "wide") ? early : r;
		enum posture_outcome result = walk_rule(w, r, &over);
		if (result == POSTURE_DENIED && early)
			add_hole(w, early, is(early->scope, "wide"));
		if (result != POSTURE_GOES_ON || over)
			return result;
	}
	return POSTURE_GOES_ON;
}

static enum posture_outcome walk_base(struct walk *w, const struct posture_chain *c)
{
	if (is(c->policy, "default") && w->all->ufw == 0) {
		w->why = "ufw is not enabled";
		return POSTURE_ACCEPTED;
	}
	bool drops = is(c->policy, "drop") || (is(c->policy, "default") && w->all->ufw == 2);
	enum posture_outcome result = walk_chain(w, c->name);
	if (result != POSTURE_GOES_ON)
		return result;
	w->why = drops ? "what no rule decides is dropped" : "what no rule decides is let through";
	return drops ? POSTURE_DENIED : POSTURE_ACCEPTED;
}

/* The last rule that matches, or the first quick one. A later rule for everything takes
 * back what was let pass before it, but not what was quick. */
static enum posture_outcome walk_pf(struct walk *w, const struct posture_chain *c)
{
	enum posture_outcome last = POSTURE_ACCEPTED;
	struct walk quick_ones = *w;
	const char *unsure = NULL;
	const struct posture_rule *r;
	w->why = "no rule blocks what goes out";
	for (size_t at = first_rule(w, c->name); (r = rule_of(w, c->name, at)) != NULL; at++) {
		bool quick = strstr(r->verdict, "-quick") != NULL, passes = r->verdict[0] == 'p';
		if (is(r->scope, "loopback") || !of_family(r->family, w->family))
			continue;
		if (is(r->scope, "unsure") && (passes || is(r->verdict, "unsure")))
			unsure = r->text;
		if (is_some(r) && passes) {
			add_hole(w, r, is(r->scope, "wide"));
			if (quick)
				add_hole(&quick_ones, r, is(r->scope, "wide"));
		}
		if (!is(r->scope, "all"))
			continue;
		last = passes ? POSTURE_ACCEPTED : POSTURE_DENIED;
		w->why = r->text;
		w->holes = quick_ones.holes;
		w->wide = quick_ones.wide;
		w->hole = quick_ones.hole;
		if (quick)
			break;
	}
	if (last != POSTURE_DENIED || !unsure)
		return last;
	w->why = unsure;
	return POSTURE_OPEN;
}

/* Every chain at the hook is asked: one that denies is enough, and the tightest one counts;
 * the profiles of Windows are instead of each other: each must. */
static void take(struct posture_verdict *v, const struct posture_verdict *more, bool each_must)
{
	bool tighter = more->wide != v->wide ? more->wide < v->wide : more->holes < v->holes;
	bool better = more->result == POSTURE_DENIED ? v->result != POSTURE_DENIED || tighter
						     : more->result == POSTURE_OPEN && v->result == POSTURE_ACCEPTED;
	if (each_must)
		better = more->result != POSTURE_DENIED;
	if (!v->any || better)
		*v = *more;
}

static struct posture_verdict walk_from(const struct posture_rules *all, const struct posture_chain *c,
					const char *family, bool pf)
{
	struct walk w = {.all = all, .family = family, .source = c->source, .record = c->record};
	enum posture_outcome result = pf ? walk_pf(&w, c) : walk_base(&w, c);
	return (struct posture_verdict){result, true, w.holes, w.wide, w.why, w.hole};
}

/* What the chains at egress do with what leaves by one device. */
static struct posture_verdict walk_device(const struct posture_rules *all, size_t from, size_t to, const char *family,
					  const char *device)
{
	struct posture_verdict v = {.result = POSTURE_ACCEPTED};
	char hook[64], why[128];
	snprintf(hook, sizeof hook, "egress:%.32s", device);
	for (size_t i = from; i < to; i++)
		if (is(all->chains[i].hook, hook) && of_family(all->chains[i].family, family)) {
			struct posture_verdict more = walk_from(all, &all->chains[i], family, false);
			take(&v, &more, false);
		}
	snprintf(why, sizeof why, "what leaves by %.32s is asked at no egress chain", device);
	if (!v.any)
		v.why = arena_string(all->arena, slice_of_string(why));
	return v;
}

/* They deny only what they deny on every device. */
static struct posture_verdict walk_egress(const struct posture_rules *all, size_t from, size_t to, const char *family)
{
	struct posture_verdict v = {.result = POSTURE_DENIED};
	for (size_t i = from; i < to; i++)
		v.any = v.any || (!strncmp(all->chains[i].hook, "egress:", 7) && of_family(all->chains[i].family, family));
	if (!v.any || all->device_count == 0) {
		v.result = POSTURE_OPEN;
		v.why = "its chains are at the egress of devices, and the devices were not seen";
		return v;
	}
	for (size_t i = 0; i < all->device_count; i++) {
		struct posture_verdict more = walk_device(all, from, to, family, all->devices[i]);
		bool worse = more.result != POSTURE_DENIED ? v.result == POSTURE_DENIED || more.result == POSTURE_ACCEPTED
				     : v.result == POSTURE_DENIED && (!v.why || more.wide > v.wide || more.holes > v.holes);
		more.any = true;
		v = worse ? more : v;
	}
	return v;
}

struct posture_verdict posture_walk(const struct posture_rules *all, size_t from, size_t to, const char *family,
				   const char *hook)
{
	bool own = is(hook, "output");
	struct posture_verdict v = {.result = POSTURE_ACCEPTED}, egress = walk_egress(all, from, to, family);
	for (size_t i = from; i < to; i++) {
		const struct posture_chain *c = &all->chains[i];
		bool pf = own && is(c->hook, "pf"), profile = own && is(c->hook, "profile");
		bool asked = pf || profile || is(c->hook, hook) || is(c->hook, "postrouting");
		if (!asked || !of_family(c->family, family))
			continue;
		struct posture_verdict more = walk_from(all, c, family, pf);
		take(&v, &more, profile);
	}
	if (egress.any)
		take(&v, &egress, false);
	if (all->cut && v.any) {
		v.result = POSTURE_OPEN;
		v.why = "there are more rules than are followed";
	}
	return v;
}
