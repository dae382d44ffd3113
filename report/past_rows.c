/* SPDX-License-Identifier: Apache-2.0 */
#include "report/past_rows.h"

static const char *const names[PAST_VERDICTS] = {
	[PAST_PASS] = "PASS", [PAST_FAIL] = "FAIL", [PAST_INCONCLUSIVE] = "INCONCLUSIVE", [PAST_NOT_KNOWN] = "not known"};

const char *past_verdict_name(enum past_verdict verdict)
{
	return names[verdict];
}

static int64_t number_or(sqlite3_stmt *q, int column, int64_t otherwise)
{
	return store_is_null(q, column) ? otherwise : store_i64(q, column);
}

static struct past_row read_row(sqlite3_stmt *q)
{
	struct past_row r = {
		.number = store_i64(q, 0),
		.started_ns = store_i64(q, 1),
		.leaving = number_or(q, 3, -1),
		.seen_permille = number_or(q, 4, -1),
	};
	while (r.verdict < PAST_NOT_KNOWN && !slice_is(store_slice(q, 2), names[r.verdict]))
		r.verdict++;
	return r;
}

enum status past_rows_read(struct store *store, struct past_rows *ret, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_FIGURE_PAST);
	store_bind_i64(q, 1, PAST_ROWS_MAX);
	*ret = (struct past_rows){.count = 0};
	while (!status && !(status = store_step(q, &row, err)) && row && ret->count < PAST_ROWS_MAX) {
		struct past_row r = read_row(q);
		ret->most = r.leaving > ret->most ? r.leaving : ret->most;
		ret->at[ret->count++] = r;
	}
	sqlite3_reset(q);
	return status;
}
