/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_FAKE_STORE_H
#define TESTS_UNIT_FAKE_STORE_H

/*
 * A store in a scratch folder, and questions to it in plain SQL.
 */

#include "tests/unit/test.h"

#include "core/store.h"
#include "ingest/registry.h"

struct rows {
	struct scratch *s;
	struct store *store;
};

static inline int rows_setup(void **state)
{
	struct rows *r = calloc(1, sizeof *r);
	void *scratch = NULL;
	struct error err = {0};
	char path[128];
	if (!r || scratch_setup(&scratch))
		return -1;
	r->s = scratch;
	*state = r;
	snprintf(path, sizeof path, "%s/audit.db", r->s->path);
	return (int)store_open(path, STORE_NEW, &r->store, &err);
}

static inline int rows_teardown(void **state)
{
	struct rows *r = *state;
	void *scratch = r->s;
	store_abandon(&r->store);
	free(r);
	return scratch_teardown(&scratch);
}

static inline sqlite3_stmt *rows_prepare(struct store *store, const char *sql)
{
	sqlite3_stmt *q = NULL;
	sqlite3 *db = sqlite3_db_handle(store_query(store, QUERY_SESSION_VALUE));
	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK)
		print_error("%s: %s\n", sql, sqlite3_errmsg(db));
	assert_non_null(q);
	return q;
}

/* The columns of all rows with '|' between and a ';' behind each row; NULL is "-". */
static inline const char *rows_get(struct store *store, const char *sql)
{
	static char text[8192];
	size_t size = 0;
	sqlite3_stmt *q = rows_prepare(store, sql);
	text[0] = 0;
	while (sqlite3_step(q) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(q) && size < sizeof text; i++) {
			const unsigned char *value = sqlite3_column_text(q, i);
			bool last = i + 1 == sqlite3_column_count(q);
			int more = snprintf(text + size, sizeof text - size, "%s%c",
					    value ? (const char *)value : "-", last ? ';' : '|');
			size += (size_t)more;
		}
	sqlite3_finalize(q);
	return text;
}

static inline int64_t rows_number(struct store *store, const char *sql)
{
	sqlite3_stmt *q = rows_prepare(store, sql);
	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	int64_t value = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return value;
}

#define assert_rows(store, sql, wanted) assert_string_equal(rows_get((store), (sql)), (wanted))
#define rows_test(f) cmocka_unit_test_setup_teardown(f, rows_setup, rows_teardown)

#endif
