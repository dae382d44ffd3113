/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /etc/firewalld/direct.xml (firewalld.direct(5)), where what goes out is held back:
 *
 *   <rule ipv="ipv4" table="filter" chain="OUTPUT" priority="9">-o lo -j ACCEPT</rule>
 *   <passthrough ipv="ipv6">-t filter -A OUTPUT -j DROP</passthrough>
 *
 * The words are those of iptables(8). Rules are taken in the order of the file, as
 * firewalld does where priorities do not differ; where they do, that is told.
 */
#include "ingest/posture/firewall.h"
#include "ingest/posture/firewalld.h"

enum { WORDS_MAX = 4096 /* bytes of a rule */ };

/* A rule whose end was not read yet. */
struct direct {
	struct slice ipv, table, chain, priority, last_priority;
	char words[WORDS_MAX];
	size_t used;
	bool whole; /* all of it could be read */
};

static const char *family_of(struct slice ipv)
{
	return slice_is(ipv, "ipv4") ? "4" : slice_is(ipv, "ipv6") ? "6" : NULL;
}

static void begin(struct direct *d, const struct xml_token *t)
{
	struct slice last = d->priority.size ? d->priority : d->last_priority;
	*d = (struct direct){.last_priority = last, .whole = true};
	d->ipv = firewalld_attribute(t, "ipv");
	d->table = firewalld_attribute(t, "table");
	d->chain = firewalld_attribute(t, "chain");
	d->priority = firewalld_attribute(t, "priority");
}

static enum status end_rule(struct posture *p, struct direct *d, struct error *err)
{
	struct slice words = slice_of(d->words, d->used);
	const char *family = family_of(d->ipv);
	enum status status = OK;
	if (!family && d->ipv.size)
		return OK; /* of a bridge */
	if (!family || !d->whole || d->table.size == 0 || d->chain.size == 0)
		return posture_unsure(p, "a direct rule that cannot be read", words, err);
	if (d->last_priority.size && !slice_equal(d->priority, d->last_priority))
		status = posture_unsure(p, "rules of several priorities", words, err);
	return status ? status : firewall_iptables_rule(p, family, d->table, d->chain, words, err);
}

/* "-t TABLE -A CHAIN …"; other commands would have to be carried out. */
static enum status end_passthrough(struct posture *p, struct direct *d, struct error *err)
{
	struct slice words = slice_of(d->words, d->used), word, table = SLICE("filter"), chain;
	struct cursor c = cursor_over(words);
	const char *family = family_of(d->ipv);
	if (!family && d->ipv.size)
		return OK;
	if (!cursor_word(&c, 16, &word))
		return OK;
	if (slice_is(word, "-t") && (!cursor_word(&c, 64, &table) || !cursor_word(&c, 16, &word)))
		word = (struct slice){0};
	if (!family || !d->whole || !(slice_is(word, "-A") || slice_is(word, "--append")) || !cursor_word(&c, 128, &chain))
		return posture_unsure(p, "a direct rule that is not followed", words, err);
	return firewall_iptables_rule(p, family, table, chain, cursor_rest(&c), err);
}

static enum status take(struct posture *p, struct direct *d, enum xml_kind kind, const struct xml_token *t,
			struct error *err)
{
	bool rule = slice_is(t->name, "rule"), passed = slice_is(t->name, "passthrough");
	if (kind == XML_TEXT)
		d->whole = xml_text(t->text, t->plain, d->words, sizeof d->words, &d->used) && d->whole;
	if (kind == XML_START && (rule || passed))
		begin(d, t);
	if (kind != XML_END || (!rule && !passed))
		return OK;
	return rule ? end_rule(p, d, err) : end_passthrough(p, d, err);
}

enum status posture_direct(struct posture *p, struct slice text, struct error *err)
{
	static const char *const families[] = {"4", "6"};
	struct xml x = xml_over(text);
	struct xml_token t;
	struct direct d = {.used = 0};
	enum xml_kind kind;
	enum status status = OK;
	while (!status && (kind = xml_next(&x, &t)) != XML_NOTHING && kind != XML_BROKEN)
		status = take(p, &d, kind, &t, err);
	if (!status)
		status = firewalld_end(p, kind, &t, text, err);
	for (size_t i = 0; i < LENGTH(families) && !status; i++) {
		const struct firewall_chain chain = {families[i], SLICE("filter OUTPUT"), "output", 0, "accept"};
		status = firewall_chain(p, &chain, err);
	}
	return status;
}
