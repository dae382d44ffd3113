/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "netsh advfirewall show allprofiles" in English, and behind it, in the same text,
 * "netsh advfirewall firewall show rule name=all dir=out", with or without "verbose":
 *
 *   Public Profile Settings:
 *   ----------------------------------------------------------------------
 *   State                                 ON
 *   Firewall Policy                       BlockInbound,BlockOutbound
 *
 *   Rule Name:                            Core Networking - DNS (UDP-Out)
 *   Enabled:                              Yes
 *   Profiles:                             Domain,Private,Public
 *
 * Which profile counts depends on the network, so that each must deny. A profile that is
 * on asks its rules; where none are in the text, what they let out cannot be told.
 */
#include "ingest/posture/firewall.h"
#include "ingest/posture/netsh_rule.h"

enum { PROFILES_MAX = 8 };

struct profile {
	struct slice name;
	bool on, denies, policy;
};

struct profiles {
	struct profile at[PROFILES_MAX];
	size_t count;
};

static enum status end_profile(struct posture *p, const struct profile *f, struct error *err)
{
	const struct firewall_chain chain = {
		.family = "46",
		.name = f->name,
		.hook = "profile",
		.policy = f->on && f->denies ? "drop" : "accept",
	};
	enum status status = f->policy ? OK : posture_unsure(p, "a profile without a policy", f->name, err);
	return status ? status : firewall_chain(p, &chain, err);
}

static void read_profiles(struct slice text, struct profiles *ret)
{
	struct cursor c = cursor_over(text);
	struct profile *f = NULL;
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		line = slice_trim(slice_part(line, 0, POSTURE_LINE_MAX));
		size_t heading = slice_search(line, SLICE(" Profile Settings:"));
		if (heading < line.size && ret->count < PROFILES_MAX) {
			f = &ret->at[ret->count++];
			f->name = slice_part(line, 0, heading);
		} else if (f && slice_starts(line, "State ")) {
			f->on = slice_ends(line, "ON");
		} else if (f && slice_starts(line, "Firewall Policy ")) {
			f->policy = true;
			f->denies = slice_ends(line, "BlockOutbound") || slice_ends(line, "BlockOutboundAlways");
		}
	}
}

/* "Domain,Private,Public" */
static bool holds(struct slice list, struct slice name)
{
	struct cursor c = cursor_over(list);
	struct slice item;
	while (cursor_until(&c, ',', list.size, &item))
		if (slice_equal(slice_trim(item), name))
			return true;
	return slice_equal(slice_trim(cursor_rest(&c)), name);
}

static enum status take_rule(struct posture *p, const struct profiles *all, const struct netsh_rule *r, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < all->count && !status; i++) {
		const struct firewall_rule rule = {
			.family = r->family,
			.chain = all->at[i].name,
			.verdict = r->blocks ? "drop" : "accept",
			.scope = r->scope,
			.text = r->name,
		};
		if (all->at[i].on && holds(r->profiles, all->at[i].name))
			status = firewall_rule(p, &rule, err);
	}
	return status;
}

/* A rule that blocks goes before any that allows. */
static enum status take_rules(struct posture *p, const struct profiles *all, struct slice text, bool blocks, bool *ret_any,
			      struct error *err)
{
	struct cursor c = cursor_over(text);
	struct netsh_rule rule;
	enum status status = OK;
	while (!status && netsh_rule_next(&c, &rule)) {
		*ret_any = true;
		if (rule.counts && rule.blocks == blocks)
			status = take_rule(p, all, &rule, err);
	}
	return status;
}

static enum status take_unseen(struct posture *p, const struct profiles *all, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < all->count && !status; i++) {
		const struct firewall_rule rule = {
			"46", all->at[i].name, "accept", {0}, "unsure", SLICE("its rules are not told: netsh advfirewall firewall show rule name=all dir=out")};
		if (all->at[i].on && all->at[i].denies)
			status = firewall_rule(p, &rule, err);
	}
	return status;
}

enum status posture_netsh(struct posture *p, struct slice text, struct error *err)
{
	struct profiles all = {0};
	bool any = false;
	read_profiles(text, &all);
	if (all.count == 0)
		return posture_unsure(p, "no profile is told, or not in English", slice_part(text, 0, 80), err);
	enum status status = take_rules(p, &all, text, true, &any, err);
	if (!status)
		status = any ? take_rules(p, &all, text, false, &any, err) : take_unseen(p, &all, err);
	for (size_t i = 0; i < all.count && !status; i++)
		status = end_profile(p, &all.at[i], err);
	return status;
}
