/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/judge.h"

#include "analysis/judge_policy.h"
#include "analysis/judge_verdict.h"
#include "analysis/model/models.h"
#include "analysis/posture.h"
#include "analysis/steps.h"
#include "analysis/verdict.h"

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

static enum status load_policy(struct store *store, struct policy *ret, struct error *err)
{
	char *text = must_alloc(POLICY_TEXT_MAX, 1);
	enum status status = store_session_value(store, "policy", text, POLICY_TEXT_MAX, err);
	if (!status)
		status = policy_parse(text, "the policy of the session", ret, err);
	free(text);
	return status;
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
		status = judge_policy(store, policy, err);
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
		const struct judge_extent e = {!strcmp(scope, "host"), !strcmp(tier, tier_name(TIER_UNPRIVILEGED))};
		status = judge_verdict(store, *ret, &e, err);
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
