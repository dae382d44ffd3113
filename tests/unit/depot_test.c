/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store of many hosts, once on each engine: each test is run twice.
 */
#include "tests/unit/postgres.h"

#include "core/auto.h"
#include "fleet/depot.h"

#include <sqlite3.h>

static struct postgres postgres;
static bool have_postgres;

static const char *place_of(const struct scratch *s, enum engine engine)
{
	static char path[256];
	snprintf(path, sizeof path, "%s/fleet.db", s->path);
	return engine == ENGINE_SQLITE ? path : postgres.place;
}

static struct depot *opened(const struct scratch *s, enum engine engine)
{
	const struct depot_options options = {.place = place_of(s, engine)};
	struct depot *d = NULL;
	struct error err = {0};
	if (depot_open(&options, DEPOT_WRITE, &d, &err))
		print_error("%s\n", err.text);
	assert_non_null(d);
	assert_int_equal(depot_engine(d), engine);
	return d;
}

static void must(enum status status, const struct error *err)
{
	if (status)
		print_error("%s\n", err->text);
	assert_int_equal(status, OK);
}

/* A statement that is wrong does not run with values of no type either. */
static void statements_run(void **state, enum engine engine)
{
	static const struct value nothing[26];
	AUTO_DEPOT struct depot *d = opened(*state, engine);
	for (int i = 0; i < FLEET_QUERY_COUNT; i++) {
		struct error err = {0};
		AUTO_ANSWER struct answer *a = NULL;
		unsigned wanted = 0;
		for (unsigned n = 1; n <= LENGTH(nothing); n++) {
			char name[8];
			snprintf(name, sizeof name, "$%u", n);
			wanted = strstr((const char *)fleet_queries_sql[i].sql, name) ? n : wanted;
		}
		must(depot_begin(d, &err), &err);
		enum status status = depot_ask(d, (enum fleet_query)i, nothing, wanted, &a, &err);
		/* NULL where something must stand is the one thing that may be wrong here */
		if (status && !strstr(err.text, "null value"))
			must(status, &err);
		answer_end(TAKE(&a));
		depot_rollback(d);
	}
}

static void run_on_sqlite(void **state)
{
	statements_run(state, ENGINE_SQLITE);
}

static void run_on_postgresql(void **state)
{
	if (have_postgres)
		statements_run(state, ENGINE_POSTGRESQL);
	else
		skip();
}

static int64_t refused(struct depot *d)
{
	AUTO_ANSWER struct answer *a = NULL;
	struct error err = {0};
	bool row = false;
	const struct value ever = value_number(INT64_MAX);
	must(depot_ask(d, FLEET_STATUS_TOTALS, &ever, 1, &a, &err), &err);
	must(answer_step(a, &row, &err), &err);
	return answer_number(a, 5);
}

/* What another puts in meanwhile is not seen before the end. */
static void reads_of_one_moment(void **state)
{
	if (!have_postgres)
		skip();
	AUTO_DEPOT struct depot *reader = opened(*state, ENGINE_POSTGRESQL);
	AUTO_DEPOT struct depot *writer = opened(*state, ENGINE_POSTGRESQL);
	const struct value row[] = {value_text("00"), value_text("a.zip"), value_text("form"), value_text("none"), {0}, {0}, {0}, {0}, {0},
				    value_number(1)};
	struct error err = {0};
	must(depot_begin_reading(reader, &err), &err);
	int64_t before = refused(reader);
	must(depot_run(writer, FLEET_REFUSED_ADD, row, LENGTH(row), &err), &err);
	assert_int_equal(refused(reader), before);
	depot_rollback(reader);
	assert_int_equal(refused(reader), before + 1);
}

/* What the rows are held against is what the tables have. */
static void tables_are_described(void **state)
{
	sqlite3 *db = NULL;
	static const char *const types[] = {[COLUMN_INT] = "INTEGER", [COLUMN_LONG] = "INTEGER", [COLUMN_COUNT] = "INTEGER",
					   [COLUMN_TEXT] = "TEXT"};
	depot_free(opened(*state, ENGINE_SQLITE));
	assert_int_equal(sqlite3_open(place_of(*state, ENGINE_SQLITE), &db), SQLITE_OK);
	for (size_t t = 0; t < TABLE_COUNT; t++) {
		sqlite3_stmt *q = NULL;
		char sql[128];
		snprintf(sql, sizeof sql, "SELECT name, type, \"notnull\" FROM pragma_table_info('%s') WHERE cid >= 3 ORDER BY cid",
			 tables[t].name);
		assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
		for (size_t c = 0; c < tables[t].count; c++) {
			const struct column *column = &tables[t].columns[c];
			assert_int_equal(sqlite3_step(q), SQLITE_ROW);
			assert_string_equal((const char *)sqlite3_column_text(q, 0), column->name);
			assert_string_equal((const char *)sqlite3_column_text(q, 1), types[column->type]);
			assert_int_equal(sqlite3_column_int(q, 2) != 0, column->wanted);
		}
		assert_int_equal(sqlite3_step(q), SQLITE_DONE);
		sqlite3_finalize(q);
	}
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(run_on_sqlite),
		scratch_test(run_on_postgresql),
		scratch_test(reads_of_one_moment),
		scratch_test(tables_are_described),
	};
	have_postgres = postgres_begin(&postgres);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	postgres_end(&postgres);
	return failed;
}
