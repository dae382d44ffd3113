/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pf.conf(5), and what "pfctl -s rules" prints of it, or "pfctl -a '*' -s rules" with what
 * its anchors hold:
 *
 *   set skip on lo0
 *   block drop out all
 *   pass out quick on en0 inet proto tcp from any to 192.0.2.1 port = 443 flags S/SA keep state
 *   anchor "org.example" all
 *   anchor "com.apple" all {
 *     block drop out proto udp all
 *   }
 *
 * The last rule that matches decides, or the first one with "quick"; without any, it is
 * let pass. Rules for what comes in are left out. Those of an anchor stand where it is
 * called, for what it is called for; of one without braces they are not seen.
 */
#include "ingest/posture/firewall.h"

enum { DEPTH_MAX = 32 /* anchors within each other */ };

/* Where in the anchors a line stands. */
struct anchors {
	unsigned depth;
	/* called for some packets; for what comes in; what it decides is final */
	bool narrow[DEPTH_MAX], bounded[DEPTH_MAX], in[DEPTH_MAX], quick[DEPTH_MAX];
};

struct pf_rule {
	bool in, out, quick, narrow, loopback, unsure;
	bool bounded; /* to some destinations, or to messages about the network */
	const char *family;
};

/* Words that narrow nothing, and how many words they are with what belongs to them. */
static size_t decoration(struct slice word)
{
	static const struct {
		const char *word;
		size_t size;
	} known[] = {{"all", 1},     {"drop", 1},     {"return", 1},  {"return-rst", 1}, {"return-icmp", 1},
		     {"log", 1},     {"keep", 2},     {"modulate", 2}, {"no", 2},	 {"flags", 2},
		     {"label", 2},   {"tag", 2},      {"any", 1},      {"from", 1},	 {"to", 1},
		     {"block-policy", 2}, {"(all)", 1}, {"rtable", 2}, {"set", 1}};
	for (size_t i = 0; i < LENGTH(known); i++)
		if (slice_is(word, known[i].word))
			return known[i].size;
	return 0;
}

/* "to <own>", "to 192.0.2.1"; but not "to any" or "to ! 192.0.2.1". */
static bool is_bound(struct slice word, struct slice next)
{
	if (slice_is(word, "to"))
		return next.size > 0 && !slice_is(next, "any") && !slice_is(next, "port") && next.at[0] != '!' &&
		       !firewall_is_wide(next);
	return firewall_is_control(word) || (slice_is(word, "on") && firewall_is_inner(next));
}

static void read_words(const struct firewall_words *w, struct pf_rule *r)
{
	for (size_t at = 1; at < w->count;) {
		struct slice word = w->at[at], next = at + 1 < w->count ? w->at[at + 1] : (struct slice){0};
		size_t used = decoration(word);
		r->unsure = r->unsure || slice_starts(word, "$");
		r->bounded = r->bounded || is_bound(word, next);
		if (used) {
			/* behind "to" stands the place itself, unless it is any */
			r->loopback = r->loopback || (slice_is(word, "to") && (firewall_is_local(next) || firewall_is_loopback(next)));
			at += used;
			continue;
		}
		if (slice_is(word, "in"))
			r->in = true;
		else if (slice_is(word, "out"))
			r->out = true;
		else if (slice_is(word, "quick"))
			r->quick = true;
		else if (slice_is(word, "inet") || slice_is(word, "inet6"))
			r->family = slice_is(word, "inet") ? "4" : "6";
		else if (slice_is(word, "on") && firewall_is_loopback(next))
			r->loopback = true;
		else
			r->narrow = true;
		at += slice_is(word, "on") ? 2 : 1;
	}
}

static bool any_of(const bool flags[static DEPTH_MAX], unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (flags[i])
			return true;
	return false;
}

static enum status take_rule(struct posture *p, const struct anchors *a, const struct firewall_words *w, struct slice line,
			     struct error *err)
{
	struct pf_rule r = {.family = "46", .unsure = w->more};
	bool blocks = slice_is(w->at[0], "block");
	read_words(w, &r);
	if ((r.in && !r.out) || any_of(a->in, a->depth))
		return OK;
	r.narrow = r.narrow || any_of(a->narrow, a->depth);
	r.bounded = r.bounded || any_of(a->bounded, a->depth);
	r.unsure = r.unsure || any_of(a->quick, a->depth);
	const struct firewall_rule rule = {
		.family = r.family,
		.chain = SLICE("pf"),
		.verdict = blocks ? (r.quick ? "block-quick" : "block") : (r.quick ? "pass-quick" : "pass"),
		.scope = r.unsure ? "unsure" : r.loopback ? "loopback" : !r.narrow ? "all" : r.bounded ? "narrow" : "wide",
		.text = line,
	};
	return firewall_rule(p, &rule, err);
}

/* "anchor "name" out on en0 {": its name may be missing. */
static enum status open_anchor(struct posture *p, struct anchors *a, struct firewall_words *w, struct slice line,
			       struct error *err)
{
	struct pf_rule r = {.family = "46"};
	struct slice behind = slice_trim(slice_part(line, w->at[0].size, line.size));
	if (w->count > 1 && slice_starts(behind, "\""))
		w->at[1] = SLICE("all");
	read_words(w, &r);
	if (a->depth == DEPTH_MAX)
		return posture_unsure(p, "anchors deeper than are followed", line, err);
	a->in[a->depth] = r.in && !r.out;
	a->quick[a->depth] = r.quick;
	a->bounded[a->depth] = r.bounded || r.loopback;
	a->narrow[a->depth++] = r.narrow || r.loopback || r.unsure || w->more || strcmp(r.family, "46") != 0;
	return OK;
}

static enum status take_line(struct posture *p, struct anchors *a, struct slice line, struct error *err)
{
	static const char *const settings[] = {"set",  "scrub",	    "scrub-anchor", "table",  "nat-anchor", "rdr-anchor",
					       "load", "dummynet-anchor", "altq",   "queue",  "antispoof", "nat", "rdr"};
	struct firewall_words w;
	bool opens = slice_ends(line, "{");
	firewall_split(opens ? slice_part(line, 0, line.size - 1) : line, &w);
	if (slice_is(line, "}") && a->depth > 0)
		a->depth--;
	if (w.count == 0 || slice_is(line, "}"))
		return OK;
	if (opens && slice_is(w.at[0], "anchor"))
		return open_anchor(p, a, &w, line, err);
	if (slice_is(w.at[0], "block") || slice_is(w.at[0], "pass"))
		return take_rule(p, a, &w, line, err);
	for (size_t i = 0; i < LENGTH(settings); i++)
		if (slice_is(w.at[0], settings[i]))
			return OK;
	if (slice_is(w.at[0], "anchor")) {
		const struct firewall_rule rule = {"46", SLICE("pf"), "unsure", {0}, "unsure", line};
		return firewall_rule(p, &rule, err);
	}
	if (slice_find(w.at[0], '=') < w.at[0].size || (w.count > 1 && slice_starts(w.at[1], "=")))
		return OK; /* a macro; a rule that uses it is not understood */
	return posture_unsure(p, "a line that is no rule of pf", line, err);
}

enum status posture_pf(struct posture *p, struct slice text, struct error *err)
{
	const struct firewall_chain chain = {"46", SLICE("pf"), "pf", 0, "accept"};
	struct cursor c = cursor_over(text);
	struct anchors anchors = {0};
	struct slice line;
	enum status status = OK;
	while (!status && cursor_line(&c, &line, NULL)) {
		line = slice_trim(slice_part(line, 0, slice_find(line, '#')));
		if (line.size > POSTURE_LINE_MAX || slice_ends(line, "\\"))
			status = posture_unsure(p, "a line that is too long", slice_part(line, 0, 120), err);
		else
			status = take_line(p, &anchors, line, err);
	}
	return status ? status : firewall_chain(p, &chain, err);
}
