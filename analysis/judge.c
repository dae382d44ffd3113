/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/judge.h"

#include "analysis/model/models.h"
#include "analysis/posture.h"
#include "analysis/steps.h"
#include "analysis/verdict.h"
#include "core/clock.h"
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARKING_HASH = 64 /* digits */ };

const char *verdict_name(enum verdict v)
{
	static const char *const names[] = {"PASS", "FAIL", "INCONCLUSIVE"};
	return names[v];
}

enum status steps_run(struct store *store, const enum query list[], size_t count, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < count && !status; i++)
		status = store_run(store_query(store, list[i]), err);
	return status;
}

static enum status reset(struct store *store, struct error *err)
{
	static const enum query all[] = {
		QUERY_JUDGE_RESET_MATCH,   QUERY_JUDGE_RESET_FINDING,  QUERY_JUDGE_RESET_COVERAGE,
		QUERY_JUDGE_RESET_VERDICT, QUERY_JUDGE_RESET_FLOW,     QUERY_JUDGE_RESET_EGRESS,
		QUERY_JUDGE_RESET_DNS,     QUERY_JUDGE_RESET_WITNESS,  QUERY_JUDGE_RESET_SEEN,
		QUERY_JUDGE_RESET_CLOCK,   QUERY_JUDGE_RESET_ENDPOINT, QUERY_JUDGE_RESET_DESTINATION,
	};
	return steps_run(store, all, LENGTH(all), err);
}

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

/* The parts of the policy that statements ask for. */
static enum status apply_policy(struct store *store, const struct policy *p, struct error *err)
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

static enum status load_policy(struct store *store, struct policy *ret, struct error *err)
{
	char *text = must_alloc(POLICY_TEXT_MAX, 1);
	enum status status = store_session_value(store, "policy", text, POLICY_TEXT_MAX, err);
	if (!status)
		status = policy_parse(text, "the policy of the session", ret, err);
	free(text);
	return status;
}

struct counts {
	int64_t local, egress, allowed, open, not_stopped, isolated, kernel, carried, calls;
	char fail[512], why[512];
};

static enum status count(struct store *store, struct counts *ret, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_VERDICT_COUNTS);
	enum status status = store_step(q, &row, err);
	if (!status && row) {
		ret->local = store_i64(q, 0);
		ret->egress = store_i64(q, 1);
		ret->allowed = store_i64(q, 2);
		ret->open = store_i64(q, 3);
		struct slice fail = store_slice(q, 4), why = store_slice(q, 5);
		slice_to_string(slice_part(fail, 0, sizeof ret->fail - 1), ret->fail, sizeof ret->fail);
		ret->not_stopped = store_i64(q, 6);
		ret->isolated = store_i64(q, 7);
		ret->kernel = store_i64(q, 8);
		ret->carried = store_i64(q, 9);
		ret->calls = store_i64(q, 10);
		slice_to_string(slice_part(why, 0, sizeof ret->why - 1), ret->why, sizeof ret->why);
	}
	sqlite3_reset(q);
	return status;
}

static void add_count(struct text *t, int64_t n, const char *one, const char *many)
{
	if (n == 0)
		text_addf(t, "no %s", many);
	else
		text_addf(t, "%lld %s", (long long)n, text_plural((uint64_t)n, one, many));
}

/* What a session shows: of everything on its machine, or of the calls of its own processes. */
struct extent {
	bool host, calls_alone;
};

/* What an isolated session tried inside is known by its calls alone, without the kernel's word. */
static void summarise_isolated(const struct counts *c, struct text *ret)
{
	text_add_string(ret, "Nothing that the session did could leave this machine: it ran where there is only the loopback, which "
			     "was tried before and watched to the end; ");
	add_count(ret, c->carried, "connection was", "connections were");
	text_add_string(ret, " carried to servers of this machine. ");
	if (!c->calls) {
		text_add_string(ret, "What it may have tried inside was not witnessed.");
		return;
	}
	text_add_string(ret, "Of its calls inside were seen: ");
	add_count(ret, c->local, "local connection", "local connections");
	text_add_string(ret, ", ");
	add_count(ret, c->egress + c->allowed, "attempt to reach another machine.", "attempts to reach another machine.");
}

/* The one sentence in plain words. */
static void summarise(enum verdict v, const struct counts *c, const struct extent *e, struct text *ret)
{
	const char *who = e->host ? "this machine" : "the session";
	switch (v) {
	case VERDICT_PASS:
		if (c->isolated && !c->kernel) {
			summarise_isolated(c, ret);
			break;
		}
		if (e->calls_alone)
			text_add_string(ret, "No process of the session reached out to another machine");
		else
			text_addf(ret, "Nothing that %s did left this machine", who);
		text_add_string(ret, c->allowed ? " except to destinations that the policy allows: " : ": ");
		add_count(ret, c->local, "local connection", "local connections");
		if (c->allowed) {
			text_add_string(ret, ", ");
			add_count(ret, c->allowed, "allowed attempt", "allowed attempts");
		}
		text_add_string(ret, ", ");
		if (c->egress)
			text_addf(ret, "%lld %s stopped on this machine", (long long)c->egress,
				  c->egress == 1 ? "attempt that was" : "attempts that were");
		else
			text_add_string(ret, "no other attempt to reach another machine");
		text_add_string(ret, ", and every required witness saw all of it.");
		if (e->calls_alone)
			text_add_string(ret, " The tier is unprivileged: packets and other programs of this machine were not watched.");
		break;
	case VERDICT_FAIL:
		text_addf(ret, "Not air-gapped%s. %s.",
			  c->not_stopped ? "" : ": it was tried, and stopped on this machine as far as was seen", c->fail);
		if (c->egress > 1)
			text_addf(ret, " In all %lld attempts of %s were aimed at other machines.",
				  (long long)c->egress, who);
		break;
	case VERDICT_INCONCLUSIVE:
		text_add_string(ret, "No egress was seen, but that nothing left is not proven. ");
		text_addf(ret, "%s", c->why);
		if (c->open > 1)
			text_addf(ret, ", and %lld more %s", (long long)c->open - 1,
				  c->open == 2 ? "reason" : "reasons");
		text_add_char(ret, '.');
		break;
	}
}

static enum status fact_i64(struct store *store, const char *name, int64_t *ret, bool *ret_known,
			    struct error *err)
{
	char value[32];
	enum status status = store_session_value(store, name, value, sizeof value, err);
	*ret_known = !status && slice_i64(slice_of_string(value), INT64_MAX, ret);
	return status;
}

static enum status write_verdict(struct store *store, enum verdict v, const struct extent *e, struct error *err)
{
	struct counts c = {0};
	int64_t from = 0, to = 0;
	bool from_known, to_known;
	AUTO_TEXT struct text summary = text_make(4096);
	enum status status = count(store, &c, err);
	if (!status)
		status = fact_i64(store, "watch_from_ns", &from, &from_known, err);
	if (!status)
		status = fact_i64(store, "watch_to_ns", &to, &to_known, err);
	if (status)
		return status;
	summarise(v, &c, e, &summary);
	sqlite3_stmt *q = store_query(store, QUERY_VERDICT_INSERT);
	store_bind_text(q, 1, verdict_name(v));
	store_bind_text(q, 2, e->host ? "host" : "session");
	if (from_known)
		store_bind_i64(q, 3, from);
	if (to_known)
		store_bind_i64(q, 4, to);
	store_bind_slice(q, 5, text_slice(&summary));
	return store_run(q, err);
}

static enum status look_up(struct store *store, enum verdict *ret, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_VERDICT_WORST);
	enum status status = store_step(q, &row, err);
	int64_t state = store_i64(q, 0), kind = store_i64(q, 1);
	if (!status && (!row || state < 0 || state >= WATCH_STATES || kind < 0 || kind >= FINDING_KINDS))
		status = fail(err, ERR_INTERNAL, "findings that the verdict table does not know");
	if (!status)
		*ret = verdict_of((enum watch_state)state, (enum finding_kind)kind);
	sqlite3_reset(q);
	return status;
}

static enum status judge_all(struct store *store, const struct policy *policy, enum verdict *ret,
			     struct error *err)
{
	char scope[16], tier[16];
	enum status status = store_session_value(store, "scope", scope, sizeof scope, err);
	if (!status)
		status = store_session_value(store, "tier", tier, sizeof tier, err);
	if (!status)
		status = store_index(store, err);
	if (!status)
		status = reset(store, err);
	if (!status)
		status = apply_policy(store, policy, err);
	if (!status)
		status = classify(store, err);
	if (!status)
		status = explain(store, err);
	if (!status)
		status = vectors(store, policy, err);
	if (!status)
		status = coverage(store, err);
	if (!status)
		status = match(store, err);
	if (!status)
		status = challenge(store, policy, err);
	if (!status)
		status = checks_run(store, err);
	if (!status)
		status = posture(store, err);
	if (!status)
		status = models(store, policy, err);
	if (!status)
		status = look_up(store, ret, err);
	if (!status) {
		struct extent e = {!strcmp(scope, "host"), !strcmp(tier, tier_name(TIER_UNPRIVILEGED))};
		status = write_verdict(store, *ret, &e, err);
	}
	if (!status)
		status = past(store, err);
	return status ? status : controls(store, *ret, err);
}

enum status judge(struct store *store, const struct policy *policy, enum verdict *ret,
		  struct error *err)
{
	struct policy *own = must_alloc(1, sizeof *own);
	enum status status = policy ? OK : load_policy(store, own, err);
	if (!status)
		status = store_begin(store, err);
	if (!status)
		status = judge_all(store, policy ? policy : own, ret, err);
	if (!status)
		status = store_commit(store, err);
	free(own);
	return status;
}
