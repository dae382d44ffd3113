/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/model/enough.h"

#include "core/text.h"

#include <math.h>

enum { REASON_MAX = 2048 };

/* What was measured for a threshold; NaN: nothing, or no interval. */
struct figure {
	double measured, low, high;
};

struct judged {
	enum verdict verdict;
	struct text why, remedy; /* owned */
};

/* What hinders a judgement, all of it. */
static enum status read_hindrances(struct store *store, const struct policy_bench *policy, const struct models_key *of,
				   struct judged *ret, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_MODEL_HINDERED);
	store_bind_i64(q, 1, of->source);
	store_bind_text(q, 2, of->model);
	store_bind_real(q, 3, policy->server_errors);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		text_addf(&ret->why, "%s%s", ret->why.size ? "; " : "", store_text(q, 0));
		if (slice_search(text_slice(&ret->remedy), store_slice(q, 1)) == ret->remedy.size)
			text_addf(&ret->remedy, "%s%s", ret->remedy.size ? " " : "", store_text(q, 1));
	}
	sqlite3_reset(q);
	return status;
}

static enum status read_figure(struct store *store, const struct policy_criterion *c, const struct models_key *of,
			       struct figure *ret, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, c->suite ? QUERY_MODEL_SHARE : QUERY_MODEL_PACE);
	store_bind_i64(q, 1, of->source);
	store_bind_text(q, 2, of->model);
	if (c->suite)
		store_bind_text(q, 3, c->suite);
	enum status status = store_step(q, &row, err);
	*ret = (struct figure){NAN, NAN, NAN};
	int at = c->unit == POLICY_TIME ? 2 : 0;
	if (!status && row && c->suite) {
		*ret = (struct figure){store_real(q, 0), store_real(q, 1), store_real(q, 2)};
	} else if (!status && row && !store_is_null(q, at)) {
		double half = store_is_null(q, at + 1) ? NAN : store_real(q, at + 1);
		*ret = (struct figure){store_real(q, at), store_real(q, at) - half, store_real(q, at) + half};
	}
	sqlite3_reset(q);
	return status;
}

static void judge_figure(const struct policy_criterion *c, double wanted, const struct figure *f, struct judged *ret)
{
	bool less = c->unit == POLICY_TIME; /* is better */
	ret->verdict = VERDICT_INCONCLUSIVE;
	if (isnan(f->measured) && c->suite) {
		text_addf(&ret->why, "the suite %s was not asked", c->suite);
		text_addf(&ret->remedy, "Run it with --suite %s, or take %s out of the policy.", c->suite, c->key);
	} else if (isnan(f->measured)) {
		text_add_string(&ret->why, "the speed was not measured");
		text_add_string(&ret->remedy, "Run it with repeats (--repeats 5), against a server that counts its tokens.");
	} else if (isnan(f->low)) {
		text_add_string(&ret->why, "one measurement does not tell how much they differ");
		text_add_string(&ret->remedy, "Run it with more repeats (--repeats 5).");
	} else if (less ? f->high <= wanted : f->low >= wanted) {
		ret->verdict = VERDICT_PASS;
		text_add_string(&ret->why, "all of the interval is good enough");
	} else if (less ? f->low > wanted : f->high < wanted) {
		ret->verdict = VERDICT_FAIL;
		text_add_string(&ret->why, "none of the interval is good enough");
		text_add_string(&ret->remedy, "Take another model, or other hardware, for what this one is not good enough for.");
	} else {
		text_add_string(&ret->why, "the interval lies across the line");
		text_add_string(&ret->remedy, c->suite ? "Ask more tasks, or each one more often (--samples 5)."
						       : "Run it with more repeats, and nothing else beside it.");
	}
}

static enum status write_verdict(struct store *store, const struct policy_criterion *c, double wanted,
				 const struct models_key *of, const struct figure *f, const struct judged *j, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_MODEL_VERDICT_INSERT);
	store_bind_i64(q, 1, of->source);
	store_bind_text(q, 2, of->model);
	store_bind_text(q, 3, c->key);
	store_bind_real(q, 4, wanted);
	store_bind_real(q, 5, f->measured);
	store_bind_real(q, 6, f->low);
	store_bind_real(q, 7, f->high);
	store_bind_text(q, 8, verdict_name(j->verdict));
	store_bind_slice(q, 9, text_slice(&j->why));
	store_bind_slice(q, 10, text_slice(&j->remedy));
	return store_run(q, err);
}

enum status enough(struct store *store, const struct policy_bench *policy, const struct models_key *of, struct error *err)
{
	struct judged hindered = {VERDICT_INCONCLUSIVE, text_make(REASON_MAX), text_make(REASON_MAX)};
	enum status status = read_hindrances(store, policy, of, &hindered, err);
	for (size_t i = 0; i < POLICY_CRITERIA && !status; i++) {
		struct figure f;
		if (!policy->given[i])
			continue;
		struct judged j = {VERDICT_INCONCLUSIVE, text_make(REASON_MAX), text_make(REASON_MAX)};
		status = read_figure(store, &policy_criteria[i], of, &f, err);
		if (!status)
			judge_figure(&policy_criteria[i], policy->wanted[i], &f, &j);
		if (!status)
			status = write_verdict(store, &policy_criteria[i], policy->wanted[i], of, &f,
					       hindered.why.size ? &hindered : &j, err);
		text_free(&j.why);
		text_free(&j.remedy);
	}
	text_free(&hindered.why);
	text_free(&hindered.remedy);
	return status;
}

enum status enough_verdict(struct store *store, bool *ret_judged, enum verdict *ret, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_MODEL_VERDICT_WORST);
	enum status status = store_step(q, &row, err);
	struct slice name = !status && row ? store_slice(q, 0) : slice_of(NULL, 0);
	*ret_judged = name.size > 0;
	*ret = VERDICT_PASS;
	for (int v = VERDICT_PASS; v <= VERDICT_INCONCLUSIVE; v++)
		if (slice_is(name, verdict_name((enum verdict)v)))
			*ret = (enum verdict)v;
	sqlite3_reset(q);
	return status;
}
