/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of two models is better: on the same tasks, not by whether their intervals overlap.
 */
#include "analysis/model/mcnemar.h"
#include "analysis/model/models.h"

enum column { SOURCE, MODEL_A, MODEL_B, PROBLEM_SET, BOTH, ONLY_A, ONLY_B, NEITHER };

static enum status write_pair(struct store *store, sqlite3_stmt *from, struct error *err)
{
	struct mcnemar p = mcnemar((uint32_t)store_i64(from, ONLY_A), (uint32_t)store_i64(from, ONLY_B));
	sqlite3_stmt *q = store_query(store, QUERY_MODEL_PAIR_INSERT);
	store_bind_i64(q, 1, store_i64(from, SOURCE));
	for (int i = MODEL_A; i <= PROBLEM_SET; i++)
		store_bind_slice(q, i + 1, store_slice(from, i));
	for (int i = BOTH; i <= NEITHER; i++)
		store_bind_i64(q, i + 1, store_i64(from, i));
	store_bind_real(q, 9, p.exact);
	store_bind_real(q, 10, p.mid);
	return store_run(q, err);
}

enum status pairs(struct store *store, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_MODEL_PAIRS);
	while (!status && !(status = store_step(q, &row, err)) && row)
		status = write_pair(store, q, err);
	sqlite3_reset(q);
	return status;
}
