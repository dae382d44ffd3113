/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nft(8): what "nft list ruleset" prints, and files for "nft -f" of the same form.
 *
 *   table inet filter {
 *     chain output {
 *       type filter hook output priority filter; policy drop;
 *       oifname "lo" accept
 *       ct state established,related accept
 *       jump own
 *     }
 *   }
 *
 * A statement ends at a line's end or a ';' outside of quotes and of the braces of a set
 * within it; "table … {" and the like open a block. Sets, maps and other objects are
 * passed over; so are the hooks of a table with "flags dormant", which is not in force,
 * and chains of "type nat", which see the first packet of a connection alone.
 * Files may do more (include, define, add rule): that is told as not understood.
 */
#include "ingest/posture/firewall.h"

#include <stdio.h>
#include <stdlib.h>

enum { BLOCKS_MAX = 8, STATEMENT_MAX = 64 << 10 };

struct nft {
	struct posture *p;
	const char *family;            /* of the table */
	char table[FIREWALL_CHAIN_MAX / 2], chain_name[FIREWALL_CHAIN_MAX];
	struct firewall_chain chain;
	struct slice devices;          /* of the chain: "eth0" or "{ eth0, eth1 }" */
	unsigned depth, passing;       /* blocks that are open; from which on they are passed over (0: none) */
	bool in_chain, dormant;        /* dormant: the table's chains are at no hook */
	struct firewall_words words;
};

static const char *const openers[] = {"table", "chain",   "set",     "map",  "flowtable", "counter", "quota",
				      "limit", "secmark", "synproxy", "ct",   "tunnel",	  "meter",   "add"};

/* The statement that a '{' follows opens a block, and is no rule with a set in it. */
static bool opens_block(const struct nft *n, struct slice statement)
{
	struct cursor c = cursor_over(statement);
	struct slice word;
	/* in a chain the same words begin rules: "ct state { new }" */
	if (n->passing || n->in_chain || !cursor_word(&c, 64, &word))
		return false;
	for (size_t i = 0; i < LENGTH(openers); i++)
		if (slice_is(word, openers[i]))
			return true;
	return false;
}

static void open_table(struct nft *n)
{
	const struct firewall_words *w = &n->words;
	bool named = w->count > 2;
	n->dormant = false;
	struct slice family = named ? w->at[1] : SLICE("ip"), name = w->at[w->count > 1 ? w->count - 1 : 0];
	n->family = slice_is(family, "ip") ? "4" : slice_is(family, "ip6") ? "6" : slice_is(family, "inet") || slice_is(family, "netdev") ? "46" : NULL;
	snprintf(n->table, sizeof n->table, "%.*s %.*s", (int)slice_part(family, 0, 16).size,
		 (const char *)family.at, (int)slice_part(name, 0, 96).size, (const char *)name.at);
	if (!n->family)
		n->passing = n->depth; /* arp, bridge: not where sockets send */
}

static void open_chain(struct nft *n)
{
	struct slice name = n->words.at[n->words.count > 1 ? 1 : 0];
	snprintf(n->chain_name, sizeof n->chain_name, "%s %.*s", n->table, (int)slice_part(name, 0, 100).size,
		 (const char *)name.at);
	n->chain = (struct firewall_chain){.family = n->family, .name = slice_of_string(n->chain_name), .policy = "accept"};
	n->devices = (struct slice){0};
	n->in_chain = true;
}

static enum status open_block(struct nft *n, struct slice header, struct error *err)
{
	n->depth++;
	if (n->passing || n->depth > BLOCKS_MAX) {
		n->passing = n->passing ? n->passing : n->depth;
		return OK;
	}
	firewall_split(header, &n->words);
	struct slice first = n->words.count ? n->words.at[0] : (struct slice){0};
	if (slice_is(first, "table") && n->depth == 1 && n->words.count > 1) {
		open_table(n);
		return OK;
	}
	if (slice_is(first, "chain") && n->depth == 2 && n->words.count > 1) {
		open_chain(n);
		return OK;
	}
	n->passing = n->depth;
	return slice_is(first, "add") ? posture_unsure(n->p, "a command that is not read", header, err) : OK;
}

/* One for each device that it is asked for. */
static enum status end_chain(struct nft *n, struct error *err)
{
	char hook[FIREWALL_HOOK_MAX];
	struct slice list = n->devices, device;
	enum status status = OK;
	if (!n->chain.hook || strcmp(n->chain.hook, "egress") != 0)
		return firewall_chain(n->p, &n->chain, err);
	struct cursor c = cursor_over(slice_starts(list, "{") ? slice_part(list, 1, list.size - 2) : list);
	while (!status && cursor_left(&c) > 0) {
		if (!cursor_until(&c, ',', list.size, &device)) {
			device = cursor_rest(&c);
			cursor_skip(&c, device.size);
		}
		firewall_split(device, &n->words);
		device = n->words.count ? n->words.at[0] : (struct slice){0};
		snprintf(hook, sizeof hook, "egress:%.*s", (int)slice_part(device, 0, 16).size, device.size ? (const char *)device.at : "");
		n->chain.hook = hook;
		status = firewall_chain(n->p, &n->chain, err);
	}
	return status;
}

static enum status close_block(struct nft *n, struct error *err)
{
	enum status status = OK;
	if (n->depth == 0)
		return posture_unsure(n->p, "a block that was never opened", SLICE("}"), err);
	if (n->passing == n->depth)
		n->passing = 0;
	else if (!n->passing && n->in_chain)
		status = end_chain(n, err);
	n->in_chain = false;
	n->depth--;
	return status;
}

static enum status take_rule(struct nft *n, struct slice statement, struct error *err)
{
	struct firewall_rule r = {.family = n->family, .chain = n->chain.name, .text = statement};
	char target[FIREWALL_CHAIN_MAX];
	firewall_nft_rule(&n->words, &r);
	if (!strcmp(r.verdict, "jump") || !strcmp(r.verdict, "goto")) {
		snprintf(target, sizeof target, "%s %.*s", n->table, (int)slice_part(r.target, 0, 100).size,
			 r.target.size ? (const char *)r.target.at : "");
		r.target = slice_of_string(target);
	}
	return firewall_rule(n->p, &r, err);
}

static enum status take_statement(struct nft *n, struct slice statement, struct error *err)
{
	statement = slice_trim(statement);
	if (statement.size == 0 || n->passing)
		return OK;
	if (statement.size > STATEMENT_MAX)
		return posture_unsure(n->p, "a statement that is too long", slice_part(statement, 0, 120), err);
	firewall_split(statement, &n->words);
	struct slice first = n->words.count ? n->words.at[0] : (struct slice){0};
	if (n->in_chain && slice_is(first, "type")) {
		firewall_nft_type(&n->words, &n->chain, &n->devices);
		n->chain.hook = n->dormant && n->chain.hook ? "another" : n->chain.hook;
		return OK;
	}
	if (n->in_chain && slice_is(first, "policy") && n->words.count > 1) {
		n->chain.policy = slice_is(n->words.at[1], "drop") ? "drop" : "accept";
		return OK;
	}
	if (n->in_chain)
		return slice_is(first, "comment") ? OK : take_rule(n, statement, err);
	if (n->depth == 1 && slice_is(first, "flags"))
		n->dormant = slice_search(statement, SLICE("dormant")) < statement.size;
	if (n->depth > 0 || (slice_is(first, "flush") && n->words.count > 1) || slice_is(first, "table"))
		return OK;
	return posture_unsure(n->p, "a command that is not read", statement, err);
}

/* Where the text is at: a statement from `from` on, which may hold a set. */
struct scan {
	struct slice text;
	size_t from;
	unsigned braces;
};

/* The place behind a quoted word. */
static size_t skip_quoted(struct slice text, size_t at)
{
	for (at++; at < text.size && text.at[at] != '"' && text.at[at] != '\n'; at++)
		;
	return at;
}

static enum status end_statement(struct nft *n, struct scan *s, size_t at, struct error *err)
{
	struct slice statement = slice_part(s->text, s->from, at - s->from);
	s->from = at + 1;
	s->braces = 0;
	return take_statement(n, statement, err);
}

static enum status end_block(struct nft *n, struct scan *s, size_t at, struct error *err)
{
	enum status status = end_statement(n, s, at, err);
	return status ? status : close_block(n, err);
}

static enum status take_byte(struct nft *n, struct scan *s, size_t at, struct error *err)
{
	struct slice statement = slice_part(s->text, s->from, at - s->from);
	switch (s->text.at[at]) {
	case '{':
		if (n->passing) {
			n->depth++;
			s->from = at + 1;
			return OK;
		}
		if (s->braces == 0 && opens_block(n, statement)) {
			s->from = at + 1;
			return open_block(n, statement, err);
		}
		s->braces++;
		return OK;
	case '}':
		if (s->braces > 0) {
			s->braces--;
			return OK;
		}
		return end_block(n, s, at, err);
	case '\n':
		if (at > 0 && s->text.at[at - 1] == '\\')
			return OK;
		return s->braces ? OK : end_statement(n, s, at, err);
	case ';':
		return s->braces ? OK : end_statement(n, s, at, err);
	default:
		return OK;
	}
}

enum status posture_nft(struct posture *p, struct slice text, struct error *err)
{
	struct nft *n = must_alloc(1, sizeof *n);
	struct scan s = {.text = text};
	enum status status = OK;
	n->p = p;
	for (size_t at = 0; at < text.size && !status; at++) {
		if (text.at[at] == '"') {
			at = skip_quoted(text, at);
		} else if (text.at[at] == '#') {
			if (!s.braces)
				status = end_statement(n, &s, at, err);
			while (at + 1 < text.size && text.at[at + 1] != '\n')
				at++;
			if (!s.braces)
				s.from = at + 1;
		} else {
			status = take_byte(n, &s, at, err);
		}
	}
	if (!status)
		status = end_statement(n, &s, text.size, err);
	if (!status && n->depth > 0)
		status = posture_unsure(p, "a block without its end", slice_part(text, 0, 60), err);
	free(n);
	return status;
}
