/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/model/models.h"

#include "analysis/model/enough.h"
#include "analysis/steps.h"

typedef enum status each_fn(struct store *store, const struct policy *policy, const struct models_key *of, struct error *err);

static enum status for_each(struct store *store, const struct policy *policy, each_fn *each, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_MODELS_NAMED);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		struct models_key key = {.source = store_i64(q, 0)};
		/* no reader lets a longer one through, nor one with a NUL */
		if (slice_to_string(store_slice(q, 1), key.model, sizeof key.model))
			status = each(store, policy, &key, err);
	}
	sqlite3_reset(q);
	return status;
}

static enum status each_speed(struct store *store, const struct policy *policy, const struct models_key *of, struct error *err)
{
	(void)policy;
	return speed(store, of, err);
}

static enum status each_enough(struct store *store, const struct policy *policy, const struct models_key *of, struct error *err)
{
	return enough(store, &policy->bench, of, err);
}

enum status models(struct store *store, const struct policy *policy, struct error *err)
{
	static const enum query resets[] = {
		QUERY_MODELS_RESET_TASK,  QUERY_MODELS_RESET_RUN,     QUERY_MODELS_RESET_GROUP,
		QUERY_MODELS_RESET_SPEED, QUERY_MODELS_RESET_PAIR,    QUERY_MODELS_RESET_VERDICT,
		QUERY_MODELS_RESET_PUBLISHED,
	};
	int64_t there = 0;
	enum status status = steps_run(store, resets, LENGTH(resets), err);
	if (!status)
		status = store_number(store_query(store, QUERY_MODELS_THERE), &there, err);
	if (status || !there)
		return status;
	status = store_run(store_query(store, QUERY_MODEL_TASK_FILL), err);
	if (!status)
		status = published(store, err);
	if (!status)
		status = for_each(store, policy, each_speed, err);
	if (!status)
		status = quality(store, err);
	if (!status)
		status = pairs(store, err);
	if (!status && policy_bench_any(&policy->bench))
		status = for_each(store, policy, each_enough, err);
	return status;
}
