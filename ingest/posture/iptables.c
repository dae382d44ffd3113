/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What iptables-save(8) and ip6tables-save(8) print:
 *
 *   *filter
 *   :OUTPUT DROP [0:0]
 *   :own - [0:0]
 *   -A OUTPUT -o lo -j ACCEPT
 *   [7:420] -A OUTPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
 *   COMMIT
 *
 * The first rule that matches and ends decides, else the policy. Tables other than
 * filter can drop on the way out too; their chains carry their table's name and stand
 * in the order in which the kernel asks them.
 */
#include "ingest/posture/firewall.h"

#include <stdio.h>

struct options {
	struct slice target;
	bool goes; /* -g: does not come back */
	bool narrow, unsure, loopback, established, link;
	bool bounded; /* to some destinations, or to messages about the network */
};

/* A list of states that names NEW lets new connections through. */
static void take_states(struct options *o, struct slice states)
{
	if (slice_search(states, SLICE("NEW")) < states.size)
		return;
	o->established = true;
}

/* Options that take a word and narrow nothing by themselves. */
static bool is_decoration(struct slice option)
{
	static const char *const words[] = {"-m", "--match", "--comment", "--reject-with", "--log-prefix",
					    "--log-level", "--to-destination", "--to-source", "--to-ports",
					    "--set-mark", "--set-xmark", "--nflog-prefix", "--nflog-group"};
	for (size_t i = 0; i < LENGTH(words); i++)
		if (slice_is(option, words[i]))
			return true;
	return false;
}

/* What keeps a rule to some destinations. */
static bool is_bound(struct slice option, struct slice value, bool inverted)
{
	static const char *const others[] = {"--match-set", "--dst-type", "--icmp-type", "--icmpv6-type", "--dst-cc"};
	if (slice_is(option, "-p") || slice_is(option, "--protocol"))
		return firewall_is_control(value);
	if (slice_is(option, "-o") || slice_is(option, "--out-interface"))
		return !inverted && firewall_is_inner(value);
	if (slice_is(option, "-d") || slice_is(option, "--destination") || slice_is(option, "--dst-range"))
		return !inverted && !firewall_is_wide(value);
	for (size_t i = 0; i < LENGTH(others); i++)
		if (slice_is(option, others[i]))
			return true;
	return false;
}

/* One option with its word; how many words were used up. */
static size_t take_option(struct options *o, const struct firewall_words *w, size_t at, bool inverted)
{
	struct slice option = w->at[at], value = at + 1 < w->count ? w->at[at + 1] : (struct slice){0};
	if (slice_is(option, "-j") || slice_is(option, "-g") || slice_is(option, "--jump") ||
	    slice_is(option, "--goto")) {
		o->target = value;
		o->goes = slice_is(option, "-g") || slice_is(option, "--goto");
		return 2;
	}
	if (is_decoration(option))
		return 2;
	bool out = slice_is(option, "-o") || slice_is(option, "--out-interface");
	bool to = slice_is(option, "-d") || slice_is(option, "--destination");
	if ((out && firewall_is_loopback(value)) || (to && firewall_is_local(value))) {
		/* what is not the loopback is all that leaves */
		o->loopback = o->loopback || !inverted;
		return 2;
	}
	if (slice_is(option, "--ctstate") || slice_is(option, "--state")) {
		if (inverted)
			o->narrow = true;
		else
			take_states(o, value);
		return 2;
	}
	if (slice_is(option, "--icmpv6-type") && !inverted && firewall_is_link_message(value)) {
		o->link = true;
		return 2;
	}
	/* the whole address space narrows nothing */
	if (to && !inverted && (slice_is(value, "0.0.0.0/0") || slice_is(value, "::/0")))
		return 2;
	o->narrow = true;
	o->bounded = o->bounded || is_bound(option, value, inverted);
	return slice_starts(value, "-") || slice_is(value, "!") ? 1 : 2;
}

static void read_options(const struct firewall_words *w, struct options *ret)
{
	*ret = (struct options){.unsure = w->more};
	for (size_t at = 0; at < w->count;) {
		bool inverted = slice_is(w->at[at], "!");
		at += inverted ? 1 : 0;
		if (at < w->count)
			at += take_option(ret, w, at, inverted);
	}
}

static const char *verdict_of(const struct options *o)
{
	static const struct {
		const char *target, *verdict;
	} known[] = {
		{"ACCEPT", "accept"}, {"DROP", "drop"},	  {"REJECT", "drop"}, {"RETURN", "return"},
		{"DNAT", "dnat"},     {"REDIRECT", "dnat"}, {"LOG", "other"},	{"NFLOG", "other"},
		{"MARK", "other"},    {"CONNMARK", "other"}, {"AUDIT", "other"}, {"TCPMSS", "other"},
		{"MASQUERADE", "other"}, {"SNAT", "other"}, {"CT", "other"},	{"NOTRACK", "other"},
		{"QUEUE", "unsure"},  {"NFQUEUE", "unsure"}, {"CHECKSUM", "other"}, {"TRACE", "other"},
	};
	if (o->target.size == 0)
		return "other";
	for (size_t i = 0; i < LENGTH(known); i++)
		if (slice_is(o->target, known[i].target))
			return known[i].verdict;
	return o->goes ? "goto" : "jump";
}

static const char *scope_of(const struct options *o)
{
	if (o->unsure)
		return "unsure";
	if (o->loopback)
		return "loopback";
	if (o->established)
		return "established";
	if (o->link)
		return "link";
	return !o->narrow ? "all" : o->bounded ? "narrow" : "wide";
}

enum status firewall_iptables_rule(struct posture *p, const char *family, struct slice table,
				   struct slice chain, struct slice rule, struct error *err)
{
	char name[FIREWALL_CHAIN_MAX], target[FIREWALL_CHAIN_MAX];
	struct firewall_words words;
	struct options o;
	firewall_split(rule, &words);
	read_options(&words, &o);
	const char *verdict = verdict_of(&o);
	snprintf(name, sizeof name, "%.*s %.*s", (int)slice_part(table, 0, 64).size, (const char *)table.at,
		 (int)slice_part(chain, 0, 128).size, (const char *)chain.at);
	bool jumps = !strcmp(verdict, "jump") || !strcmp(verdict, "goto");
	snprintf(target, sizeof target, "%.*s %.*s", (int)slice_part(table, 0, 64).size, (const char *)table.at,
		 (int)slice_part(o.target, 0, 128).size, o.target.size ? (const char *)o.target.at : "");
	const struct firewall_rule r = {
		.family = family,
		.chain = slice_of_string(name),
		.verdict = verdict,
		.target = jumps ? slice_of_string(target) : o.target,
		.scope = scope_of(&o),
		.text = rule,
	};
	return firewall_rule(p, &r, err);
}

/* :NAME POLICY [packets:bytes] */
static enum status take_chain(struct posture *p, const char *family, struct slice table, struct slice line,
			      struct error *err)
{
	static const struct {
		const char *table;
		int64_t priority;
	} order[] = {{"raw", -300}, {"mangle", -150}, {"nat", -100}, {"filter", 0}, {"security", 50}};
	static const struct {
		const char *chain, *hook;
	} hooks[] = {{"OUTPUT", "output"}, {"FORWARD", "forward"}, {"POSTROUTING", "postrouting"}};
	char full[FIREWALL_CHAIN_MAX];
	struct cursor c = cursor_over(line);
	struct slice name, policy;
	if (!cursor_word(&c, 128, &name) || !cursor_word(&c, 16, &policy))
		return posture_unsure(p, "a chain that cannot be read", line, err);
	snprintf(full, sizeof full, "%.*s %.*s", (int)slice_part(table, 0, 64).size, (const char *)table.at,
		 (int)name.size, (const char *)name.at);
	struct firewall_chain chain = {
		.family = family,
		.name = slice_of_string(full),
		.hook = slice_is(policy, "-") ? NULL : "another",
		.policy = slice_is(policy, "DROP") ? "drop" : "accept",
	};
	/* the table nat sees the first packet of a connection alone */
	for (size_t i = 0; i < LENGTH(hooks) && !slice_is(table, "nat"); i++)
		if (slice_is(name, hooks[i].chain))
			chain.hook = hooks[i].hook;
	for (size_t i = 0; i < LENGTH(order); i++)
		if (slice_is(table, order[i].table))
			chain.priority = order[i].priority;
	return firewall_chain(p, &chain, err);
}

static enum status take_line(struct posture *p, const char *family, struct slice *table, struct slice line,
			     struct error *err)
{
	line = slice_trim(line);
	if (line.size == 0 || line.at[0] == '#' || slice_is(line, "COMMIT"))
		return OK;
	if (line.at[0] == '*') {
		*table = slice_part(line, 1, 64);
		return OK;
	}
	if (table->size == 0)
		return posture_unsure(p, "a rule outside of a table", line, err);
	if (line.at[0] == ':')
		return take_chain(p, family, *table, slice_part(line, 1, line.size), err);
	if (line.at[0] == '[')
		line = slice_trim(slice_part(line, slice_find(line, ']') + 1, line.size));
	struct cursor c = cursor_over(line);
	struct slice word, chain;
	if (!cursor_word(&c, 16, &word) || !slice_is(word, "-A") || !cursor_word(&c, 128, &chain))
		return posture_unsure(p, "a line that is no rule", line, err);
	return firewall_iptables_rule(p, family, *table, chain, cursor_rest(&c), err);
}

static enum status read_rules(struct posture *p, const char *family, struct slice text, struct error *err)
{
	struct cursor c = cursor_over(text);
	struct slice line, table = {0};
	enum status status = OK;
	while (!status && cursor_line(&c, &line, NULL))
		status = line.size <= POSTURE_LINE_MAX
				 ? take_line(p, family, &table, line, err)
				 : posture_unsure(p, "a line that is too long", slice_part(line, 0, 120), err);
	return status;
}

enum status posture_iptables(struct posture *p, struct slice text, struct error *err)
{
	return read_rules(p, "4", text, err);
}

enum status posture_ip6tables(struct posture *p, struct slice text, struct error *err)
{
	return read_rules(p, "6", text, err);
}
