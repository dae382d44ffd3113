/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /etc/firewalld/direct.xml (firewalld.direct(5)), where what goes out is held back:
 *
 *   <rule ipv="ipv4" table="filter" chain="OUTPUT" priority="9">-o lo -j ACCEPT</rule>
 *
 * The words are those of iptables(8). Rules are taken in the order of the file, as
 * firewalld does where priorities do not differ; where they do, that is told.
 */
#include "ingest/posture/firewall.h"

enum { TAG_MAX = 4096 };

/* The value of an attribute in a tag; empty where there is none. */
static struct slice attribute(struct slice tag, const char *name)
{
	size_t at = slice_search(tag, slice_of_string(name));
	struct slice rest = slice_part(tag, at + strlen(name), tag.size);
	return at < tag.size ? slice_part(rest, 0, slice_find(rest, '"')) : (struct slice){0};
}

static enum status take_rule(struct posture *p, struct slice tag, struct slice words, struct error *err)
{
	const char *family = slice_is(attribute(tag, "ipv=\""), "ipv6") ? "6" : "4";
	struct slice table = attribute(tag, "table=\""), chain = attribute(tag, "chain=\"");
	if (!slice_is(attribute(tag, "ipv=\""), "ipv4") && !slice_is(attribute(tag, "ipv=\""), "ipv6"))
		return OK; /* of a bridge */
	if (table.size == 0 || chain.size == 0)
		return posture_unsure(p, "a direct rule that cannot be read", tag, err);
	return firewall_iptables_rule(p, family, table, chain, words, err);
}

enum status posture_direct(struct posture *p, struct slice text, struct error *err)
{
	struct cursor c = cursor_over(text);
	struct slice before, tag, words, priority = {0};
	enum status status = OK;
	while (!status && cursor_until(&c, '<', text.size, &before)) {
		if (!slice_starts(cursor_rest(&c), "rule "))
			continue;
		if (!cursor_until(&c, '>', TAG_MAX, &tag) || !cursor_until(&c, '<', TAG_MAX, &words)) {
			status = posture_unsure(p, "a direct rule that cannot be read", slice_part(cursor_rest(&c), 0, 80), err);
			continue;
		}
		struct slice own = attribute(tag, "priority=\"");
		if (priority.size && !slice_equal(priority, own))
			status = posture_unsure(p, "rules of several priorities", tag, err);
		priority = own;
		if (!status)
			status = take_rule(p, tag, words, err);
	}
	static const char *const families[] = {"4", "6"};
	for (size_t i = 0; i < LENGTH(families) && !status; i++) {
		const struct firewall_chain chain = {families[i], SLICE("filter OUTPUT"), "output", 0, "accept"};
		status = firewall_chain(p, &chain, err);
	}
	return status;
}
