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

/* What the site says of itself, for the documents: a line "name = value" for each field,
 * which hold neither line ends nor, in a name, a '='. */
static enum status apply_organisation(struct store *store, const struct policy *p, struct error *err)
{
	AUTO_TEXT struct text fields = text_make(POLICY_FIELDS_MAX * (2 * POLICY_VALUE_MAX + 4));
	for (size_t i = 0; i < p->field_count; i++)
		text_addf(&fields, "%s = %s\n", p->fields[i].name, p->fields[i].value);
	enum status status = set_fact(store, "policy_organisation", text_string(&fields), err);
	if (!status)
		status = set_fact(store, "policy_marking", policy_field(p, "marking"), err);
	return status ? status : set_fact(store, "policy_paper", p->letter ? "letter" : "a4", err);
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
	for (size_t i = 0; i < p->required_count && !status; i++) {
		sqlite3_stmt *q = store_query(store, QUERY_WITNESS_REQUIRE);
		store_bind_text(q, 1, p->required[i]);
		status = store_run(q, err);
	}
	return status;
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
	int64_t local, egress, allowed, open;
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

/* The one sentence in plain words. */
static void summarise(enum verdict v, const struct counts *c, bool host, struct text *ret)
{
	const char *who = host ? "this machine" : "the session";
	switch (v) {
	case VERDICT_PASS:
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
		break;
	case VERDICT_FAIL:
		text_addf(ret, "Not air-gapped. %s.", c->fail);
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

static enum status write_verdict(struct store *store, enum verdict v, bool host, struct error *err)
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
	summarise(v, &c, host, &summary);
	sqlite3_stmt *q = store_query(store, QUERY_VERDICT_INSERT);
	store_bind_text(q, 1, verdict_name(v));
	store_bind_text(q, 2, host ? "host" : "session");
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
	char scope[16];
	enum status status = store_session_value(store, "scope", scope, sizeof scope, err);
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
	if (!status)
		status = write_verdict(store, *ret, !strcmp(scope, "host"), err);
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
