/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/judge_policy.h"

#include "core/text.h"

#include <stdio.h>
#include <string.h>

enum { MARKING_HASH = 64 /* digits */ };

static enum status set_fact(struct store *store, const char *name, const char *value,
			    struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_SESSION_SET);
	store_bind_text(q, 1, name);
	store_bind_text(q, 2, value);
	return store_run(q, err);
}

/* Stands on every page; and there must be no page of a derived copy that does not say so. */
static enum status apply_marking(struct store *store, const struct policy *p, struct error *err)
{
	char from[MARKING_HASH + 1];
	const char *marking = policy_field(p, "marking");
	AUTO_TEXT struct text text = text_make(POLICY_VALUE_MAX + 128);
	enum status status = store_session_value(store, "derived_from", from, sizeof from, err);
	if (status)
		return status;
	text_add_string(&text, marking);
	if (from[0])
		text_addf(&text, "%sREDACTED COPY, derived from %.12s", *marking ? " - " : "", from);
	return set_fact(store, "policy_marking", text_string(&text), err);
}

/* What the site says of itself, for the documents: a line "name = value" for each field,
 * which hold neither line ends nor, in a name, a '='. */
static enum status apply_organisation(struct store *store, const struct policy *p, struct error *err)
{
	AUTO_TEXT struct text fields = text_make(POLICY_FIELDS_MAX * (2 * POLICY_VALUE_MAX + 4));
	for (size_t i = 0; i < p->field_count; i++)
		text_addf(&fields, "%s = %s\n", p->fields[i].name, p->fields[i].value);
	enum status status = set_fact(store, "policy_organisation", text_string(&fields), err);
	if (!status)
		status = apply_marking(store, p, err);
	char years[16];
	snprintf(years, sizeof years, "%u", p->retention_years);
	if (!status)
		status = set_fact(store, "policy_retention_years", years, err);
	return status ? status : set_fact(store, "policy_paper", p->letter ? "letter" : "a4", err);
}

/* Servers that the policy vouches for, each with a line end before and behind it. */
static enum status apply_carry(struct store *store, const struct policy *p, struct error *err)
{
	AUTO_TEXT struct text all = text_make(CARRY_MAX * (CARRY_TEXT_MAX + 1) + 1);
	for (size_t i = 0; i < p->carry_count; i++) {
		char one[CARRY_TEXT_MAX];
		carry_text(&p->carry[i], one);
		text_addf(&all, "%s\n", one);
	}
	return set_fact(store, "policy_carry", text_string(&all), err);
}

/* A policy that names no witnesses asks for those that decide in the tier of the session; where
 * nothing can leave, that this held is what must be shown, and nothing else. */
static enum status require_witnesses(struct store *store, const struct policy *p, struct error *err)
{
	static const char *const unprivileged[] = {"seccomp", "sock_diag"}, *const isolated[] = {"isolation"};
	const char *const *own = NULL;
	char tier[16] = "", inside[8] = "";
	size_t count = p->required_count;
	enum status status = store_session_value(store, "tier", tier, sizeof tier, err);
	if (!status)
		status = store_session_value(store, "isolated", inside, sizeof inside, err);
	if (!p->required_given && !strcmp(inside, "true")) {
		own = isolated;
		count = LENGTH(isolated);
	} else if (!p->required_given && !strcmp(tier, tier_name(TIER_UNPRIVILEGED))) {
		own = unprivileged;
		count = LENGTH(unprivileged);
	}
	for (size_t i = 0; i < count && !status; i++) {
		sqlite3_stmt *q = store_query(store, QUERY_WITNESS_REQUIRE);
		store_bind_text(q, 1, own ? own[i] : p->required[i]);
		status = store_run(q, err);
	}
	return status ? status : store_run(store_query(store, QUERY_JUDGE_APPLOG_WITNESS), err);
}

enum status judge_policy(struct store *store, const struct policy *p, struct error *err)
{
	char percent[16];
	snprintf(percent, sizeof percent, "%u", p->unread_percent);
	enum status status =
		set_fact(store, "policy_stopped_attempts", p->stopped_is_fail ? "fail" : "note", err);
	if (!status)
		status = set_fact(store, "policy_app_log", p->log_required ? "required" : "optional", err);
	if (!status)
		status = set_fact(store, "policy_app_log_unread_percent", percent, err);
	if (!status)
		status = set_fact(store, "policy_frameworks", p->frameworks, err);
	if (!status)
		status = apply_organisation(store, p, err);
	if (!status)
		status = apply_carry(store, p, err);
	return status ? status : require_witnesses(store, p, err);
}
