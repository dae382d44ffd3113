/* SPDX-License-Identifier: Apache-2.0 */
#include "report/bench.h"

enum { LIST_MAX = 10000 };

static const struct {
	const char *key;
	enum query query;
	bool limited;
} lists[] = {
	{"settings", QUERY_REPORT_BENCH_SETTINGS, false}, {"machines", QUERY_REPORT_BENCH_MACHINES, false},
	{"servers", QUERY_REPORT_BENCH_SERVERS, false},	  {"models", QUERY_REPORT_BENCH_MODELS, true},
	{"proofs", QUERY_REPORT_BENCH_PROOFS, true},	  {"runs", QUERY_REPORT_BENCH_RUNS, true},
	{"groups", QUERY_REPORT_BENCH_GROUPS, true},	  {"pairs", QUERY_REPORT_BENCH_PAIRS, true},
	{"verdicts", QUERY_REPORT_BENCH_VERDICTS, true},  {"published", QUERY_REPORT_BENCH_PUBLISHED, true},
	{"tasks", QUERY_REPORT_BENCH_TASKS, true},	  {"limits", QUERY_REPORT_BENCH_LIMITS, true},
};

enum status bench_there(struct store *store, bool *ret, struct error *err)
{
	int64_t there = 0;
	enum status status = store_number(store_query(store, QUERY_MODELS_THERE), &there, err);
	*ret = there > 0;
	return status;
}

static bool is_one_of(const char *name, const char *const names[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_is(slice_of_string(name), names[i]))
			return true;
	return false;
}

static void add_text(struct json *j, const char *key, struct slice value)
{
	static const char *const json[] = {"suites", "languages", "notes", "gpus", "outcomes"};
	struct json_value checked;
	if (is_one_of(key, json, LENGTH(json)) && !json_read(value, &checked, NULL))
		json_add_raw(j, key, value);
	else
		json_add_slice(j, key, value);
}

static void add_real(struct json *j, const char *key, double value)
{
	AUTO_TEXT struct text number = text_make(64);
	text_addf(&number, "%.6g", value);
	json_add_raw(j, key, text_slice(&number));
}

/* The columns are called as the views and their keys are. */
static void add_column(struct json *j, sqlite3_stmt *q, int at)
{
	static const char *const flags[] = {"complete", "held", "asked", "overall"};
	const char *key = sqlite3_column_name(q, at);
	if (store_is_null(q, at))
		json_add_null(j, key);
	else if (sqlite3_column_type(q, at) == SQLITE_FLOAT)
		add_real(j, key, store_real(q, at));
	else if (sqlite3_column_type(q, at) != SQLITE_INTEGER)
		add_text(j, key, store_slice(q, at));
	else if (is_one_of(key, flags, LENGTH(flags)))
		json_add_bool(j, key, store_i64(q, at) != 0);
	else
		json_add_i64(j, key, store_i64(q, at));
}

static enum status add_list(struct store *store, struct json *j, size_t list, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, lists[list].query);
	if (lists[list].limited)
		store_bind_i64(q, 1, LIST_MAX);
	json_begin_array(j, lists[list].key);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		json_begin_object(j, NULL);
		for (int i = 0; i < sqlite3_column_count(q); i++)
			add_column(j, q, i);
		json_end_object(j);
	}
	json_end_array(j);
	sqlite3_reset(q);
	return status;
}

enum status bench_json(struct store *store, struct json *j, const char *key, struct error *err)
{
	bool there = false;
	enum status status = bench_there(store, &there, err);
	if (status)
		return status;
	if (!there) {
		json_add_null(j, key);
		return OK;
	}
	json_begin_object(j, key);
	json_add_string(j, "note", "Published figures are mostly of BF16 weights and other prompts; a tier runs Q4.");
	for (size_t i = 0; i < LENGTH(lists) && !status; i++)
		status = add_list(store, j, i, err);
	json_end_object(j);
	return status;
}
