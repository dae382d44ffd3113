/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One rule of nft(8): conditions, decorations, and a verdict at its end.
 *
 *   oifname != "lo" ct state new log prefix "out " counter packets 0 bytes 0 drop
 *
 * Words that are not known narrow the rule, so that one that accepts is shown as a hole
 * and one that drops is not relied on. A map decides by itself, and is not followed but
 * for one from states.
 *
 * And the line of a base chain that tells its hook.
 */
#include "ingest/posture/firewall.h"

/* What the conditions of a rule come to. */
struct conditions {
	bool narrow, unsure, loopback, established, link;
	bool bounded; /* to some destinations, or to messages about the network */
	const char *family; /* NULL: that of the table */
};

static bool is_inverted(struct slice word)
{
	return slice_is(word, "!=");
}

/* A set or a list of states without "new" concerns nothing new. */
static bool lets_new(struct slice states)
{
	return slice_search(states, SLICE("new")) < states.size;
}

/* What looks into the header of one family is for that alone, in a table of both. */
static void note_family(struct slice word, struct conditions *c)
{
	if (slice_is(word, "ip") || slice_is(word, "icmp"))
		c->family = "4";
	else if (slice_is(word, "ip6") || slice_is(word, "icmpv6"))
		c->family = "6";
}

/* "ip daddr @own", "oifname docker0", "icmp type echo-request", "meta l4proto { icmp }" */
static bool is_bound(const struct firewall_words *w, size_t at)
{
	struct slice word = w->at[at];
	size_t value_at = at + 1;
	bool interface = slice_is(word, "oif") || slice_is(word, "oifname");
	if (slice_is(word, "daddr") || interface) {
		struct slice value = value_at < w->count ? w->at[value_at] : (struct slice){0};
		return !is_inverted(value) && (interface ? firewall_is_inner(value) : !firewall_is_wide(value));
	}
	return firewall_is_control(word) || slice_is(word, "fib");
}

/* "meta protocol ip6", "ether type arp": tables of a device see more than IP. */
static size_t take_protocol(const struct firewall_words *w, size_t at, struct conditions *c)
{
	struct slice value = at + 2 < w->count ? w->at[at + 2] : (struct slice){0};
	bool ether = slice_is(w->at[at], "ether") && at + 1 < w->count && slice_is(w->at[at + 1], "type");
	bool meta = slice_is(w->at[at], "meta") && at + 1 < w->count && slice_is(w->at[at + 1], "protocol");
	if (!ether && !meta)
		return 0;
	if (slice_is(value, "arp"))
		c->link = true;
	else if (slice_is(value, "ip") || slice_is(value, "ip6"))
		c->family = slice_is(value, "ip") ? "4" : "6";
	else
		return 0;
	return 3;
}

/* A condition that begins at word `at`; the words that were used up, 0: it is none. */
static size_t take_condition(const struct firewall_words *w, size_t at, struct conditions *c)
{
	struct slice word = w->at[at];
	size_t value_at = at + 1;
	bool meta = slice_is(word, "meta") && value_at < w->count;
	if (meta)
		word = w->at[value_at++];
	note_family(word, c);
	bool interface = slice_is(word, "oif") || slice_is(word, "oifname");
	bool to = (slice_is(word, "ip") || slice_is(word, "ip6")) && value_at < w->count &&
		  slice_is(w->at[value_at], "daddr");
	bool state = slice_is(word, "ct") && value_at < w->count && slice_is(w->at[value_at], "state");
	value_at += to || state ? 1 : 0;
	bool inverted = value_at < w->count && is_inverted(w->at[value_at]);
	value_at += inverted ? 1 : 0;
	struct slice value = value_at < w->count ? w->at[value_at] : (struct slice){0};
	if (meta && slice_is(word, "nfproto") && !inverted) {
		c->family = slice_is(value, "ipv4") ? "4" : slice_is(value, "ipv6") ? "6" : NULL;
		c->unsure = c->unsure || !c->family;
		return value_at + 1 - at;
	}
	bool map = slice_is(value, "vmap");
	bool map_known = map && state && value_at + 1 < w->count && !lets_new(w->at[value_at + 1]);
	c->unsure = c->unsure || (map && !map_known);
	if ((interface && firewall_is_loopback(value)) || (to && firewall_is_local(value))) {
		c->loopback = c->loopback || !inverted;
		return value_at + 1 - at;
	}
	if (slice_is(word, "icmpv6") && at + 2 < w->count && slice_is(w->at[at + 1], "type") &&
	    firewall_is_link_message(w->at[at + 2])) {
		c->link = true;
		return 3;
	}
	if (!state)
		return 0;
	if (map_known)
		c->established = true;
	else if (inverted)
		c->narrow = true;
	else if (!lets_new(value))
		c->established = true;
	return value_at + 1 - at;
}

struct verdict {
	const char *word;
	struct slice target;
};

/* "established : accept" in a map has no verdict word of its own. */
static bool take_verdict(const struct firewall_words *w, size_t at, struct verdict *ret)
{
	static const struct {
		const char *word, *verdict;
	} known[] = {
		{"accept", "accept"}, {"drop", "drop"},	  {"reject", "drop"},	 {"return", "return"},
		{"jump", "jump"},     {"goto", "goto"},	  {"queue", "unsure"},	 {"continue", "other"},
		{"dnat", "dnat"},     {"redirect", "dnat"}, {"masquerade", "other"}, {"snat", "other"},
	};
	for (size_t i = 0; i < LENGTH(known); i++)
		if (slice_is(w->at[at], known[i].word)) {
			ret->word = known[i].verdict;
			ret->target = at + 1 < w->count ? w->at[at + 1] : (struct slice){0};
			return true;
		}
	return false;
}

/* Words that neither match nor decide, and what belongs to them. */
static size_t decoration(const struct firewall_words *w, size_t at)
{
	static const struct {
		const char *word;
		size_t size;
	} known[] = {{"counter", 1}, {"packets", 2}, {"bytes", 2}, {"log", 1},	{"prefix", 2}, {"level", 2},
		     {"comment", 2}, {"group", 2},   {"#", 99},	   {"flags", 2}, {"notrack", 1}, {"snaplen", 2}};
	for (size_t i = 0; i < LENGTH(known); i++)
		if (slice_is(w->at[at], known[i].word))
			return known[i].size;
	return 0;
}

static void read_rule(const struct firewall_words *w, struct conditions *c, struct verdict *v)
{
	*c = (struct conditions){.unsure = w->more};
	*v = (struct verdict){.word = "other"};
	for (size_t at = 0; at < w->count;) {
		size_t used = decoration(w, at);
		c->unsure = c->unsure || slice_is(w->at[at], "vmap") || slice_starts(w->at[at], "$");
		c->bounded = c->bounded || (!used && is_bound(w, at));
		if (!used)
			used = take_protocol(w, at, c);
		if (!used)
			used = take_condition(w, at, c);
		if (!used && take_verdict(w, at, v))
			break; /* what follows says how: "reject with …" */
		c->narrow = c->narrow || !used;
		at += used ? used : 1;
	}
	if (c->established && !strcmp(v->word, "other"))
		v->word = "accept"; /* a map from states, none of them new */
}

void firewall_nft_rule(const struct firewall_words *words, struct firewall_rule *ret)
{
	struct conditions c;
	struct verdict v;
	read_rule(words, &c, &v);
	if (c.family)
		ret->family = c.family;
	ret->verdict = v.word;
	ret->target = v.target;
	ret->scope = c.unsure	     ? "unsure"
		     : c.loopback    ? "loopback"
		     : c.established ? "established"
		     : c.link	     ? "link"
		     : !c.narrow     ? "all"
		     : c.bounded     ? "narrow"
				     : "wide";
}

/* "filter", "filter + 10", "-150" */
static int64_t priority_of(const struct firewall_words *w, size_t at)
{
	static const struct {
		const char *name;
		int64_t value;
	} names[] = {{"raw", -300}, {"mangle", -150}, {"dstnat", -100}, {"filter", 0}, {"security", 50}, {"srcnat", 100}};
	int64_t value = 0, more = 0;
	struct slice word = at < w->count ? w->at[at] : (struct slice){0};
	for (size_t i = 0; i < LENGTH(names); i++)
		if (slice_is(word, names[i].name))
			value = names[i].value;
	if (slice_i64(word, INT32_MAX, &more))
		return more;
	if (at + 2 < w->count && slice_i64(w->at[at + 2], INT32_MAX, &more))
		value += slice_is(w->at[at + 1], "-") ? -more : more;
	return value;
}

static const char *hook_of(struct slice word)
{
	static const char *const hooks[] = {"output", "forward", "postrouting", "egress"};
	for (size_t i = 0; i < LENGTH(hooks); i++)
		if (slice_is(word, hooks[i]))
			return hooks[i];
	return "another";
}

/* type filter hook egress device "eth0" priority filter; devices = { eth0, eth1 } */
void firewall_nft_type(const struct firewall_words *w, struct firewall_chain *ret, struct slice *ret_devices)
{
	bool filters = w->count > 1 && !slice_is(w->at[1], "nat");
	for (size_t i = 0; i + 1 < w->count; i++) {
		if (slice_is(w->at[i], "hook"))
			ret->hook = filters ? hook_of(w->at[i + 1]) : "another";
		if (slice_is(w->at[i], "device"))
			*ret_devices = w->at[i + 1];
		if (slice_is(w->at[i], "devices") && i + 2 < w->count)
			*ret_devices = w->at[i + 2];
		if (slice_is(w->at[i], "priority"))
			ret->priority = priority_of(w, i + 1);
	}
}
