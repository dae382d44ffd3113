/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/probe.h"
#include "analysis/steps.h"

static enum status write_claim(struct store *store, const struct challenge_claim *claim, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < probe_count && !status; i++) {
		if (!(claim->stops & UINT32_C(1) << i))
			continue;
		sqlite3_stmt *q = store_query(store, QUERY_CLAIM_INSERT);
		store_bind_text(q, 1, claim->layer);
		store_bind_text(q, 2, probes[i].name);
		status = store_run(q, err);
	}
	return status;
}

enum status challenge(struct store *store, const struct policy *policy, struct error *err)
{
	static const enum query steps[] = {QUERY_CHALLENGE_RESET, QUERY_CHALLENGE_MATCH, QUERY_CHALLENGE_RESULT};
	const struct challenge *c = &policy->challenge;
	enum status status = steps_run(store, steps, LENGTH(steps), err);
	for (size_t i = 0; i < c->claim_count && !status; i++)
		status = write_claim(store, &c->claims[i], err);
	return status;
}
