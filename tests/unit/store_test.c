/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/auto.h"
#include "core/store.h"

#include "schema.h"

static const char *path_in(const struct scratch *s, const char *name)
{
	static char path[256];
	snprintf(path, sizeof path, "%s/%s", s->path, name);
	return path;
}

static struct store *opened(const struct scratch *s, enum store_mode mode)
{
	struct store *store = NULL;
	struct error err = {0};
	if (store_open(path_in(s, "audit.db"), mode, &store, &err))
		print_error("%s\n", err.text);
	assert_non_null(store);
	return store;
}

static void execute(const struct scratch *s, const char *name, const char *sql)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(path_in(s, name), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static int64_t number(const struct scratch *s, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	assert_int_equal(sqlite3_open(path_in(s, "audit.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	int64_t value = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return value;
}

static void every_statement_compiles(void **state)
{
	AUTO_STORE struct store *store = opened(*state, STORE_NEW);
	for (int i = 0; i < QUERY_COUNT; i++) {
		sqlite3_stmt *q = store_query(store, (enum query)i);
		assert_non_null(q);
		assert_true(queries[i].name[0]);
		assert_ptr_equal(store_query(store, (enum query)i), q);
		/* one statement a file: nothing but comments and blanks behind it */
		sqlite3_stmt *more = NULL;
		const char *rest = NULL;
		sqlite3 *db = sqlite3_db_handle(q);
		sqlite3_stmt *again = NULL;
		assert_int_equal(
			sqlite3_prepare_v2(db, (const char *)queries[i].sql, -1, &again, &rest),
			SQLITE_OK);
		assert_int_equal(sqlite3_prepare_v2(db, rest, -1, &more, NULL), SQLITE_OK);
		assert_null(more);
		sqlite3_finalize(again);
	}
}

static void every_view_can_be_read(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	static const char *const views[] = {"flow",    "attempt",   "dns",	 "name",
					    "socket",  "app_event", "coverage",	 "match",
					    "finding", "control",   "model_run", "artifact",
					    "host"};
	struct store *store = opened(s, STORE_NEW);
	assert_int_equal(store_close(&store, &err), OK);
	assert_null(store);
	for (size_t i = 0; i < LENGTH(views); i++) {
		char sql[128];
		snprintf(sql, sizeof sql, "SELECT count(*) FROM (SELECT * FROM v_%s)", views[i]);
		assert_int_equal(number(s, sql), 0);
	}
	assert_int_equal(number(s, "PRAGMA application_id"), STORE_APPLICATION_ID);
	assert_int_equal(number(s, "PRAGMA user_version"), MIGRATION_COUNT);
	assert_int_equal(number(s, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND "
				   "sql NOT LIKE '%STRICT%'"),
			 0);
}

static void an_older_schema_is_brought_up_to_date(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	char sql[128];
	execute(s, "audit.db", (const char *)migrations[0].sql);
	snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = 1",
		 STORE_APPLICATION_ID);
	execute(s, "audit.db", sql);
	struct store *store = NULL;
	if (MIGRATION_COUNT > 1) /* one that is only read cannot be */
		assert_int_equal(store_open(path_in(s, "audit.db"), STORE_READ, &store, &err),
				 ERR_MALFORMED);
	store = opened(s, STORE_WRITE);
	assert_int_equal(store_close(&store, &err), OK);
	assert_int_equal(number(s, "PRAGMA user_version"), MIGRATION_COUNT);
	assert_int_equal(number(s, "SELECT count(*) FROM v_flow"), 0);
}

static void refuses(const struct scratch *s, enum status wanted, const char *why)
{
	static const enum store_mode modes[] = {STORE_NEW, STORE_WRITE, STORE_READ};
	for (size_t i = 0; i < LENGTH(modes); i++) {
		struct error err = {0};
		struct store *store = NULL;
		assert_int_equal(store_open(path_in(s, "other.db"), modes[i], &store, &err),
				 wanted);
		assert_null(store);
		assert_contains(err.text, why);
		assert_contains(err.text, "other.db");
	}
}

/* SQLite takes an empty file for a database; to us it is somebody's empty file. */
static void an_empty_file_stays_empty(void **state)
{
	struct scratch *s = *state;
	static const enum store_mode modes[] = {STORE_WRITE, STORE_READ};
	scratch_put(s, "other.db", SLICE(""));
	for (size_t i = 0; i < LENGTH(modes); i++) {
		struct error err = {0};
		struct store *store = NULL;
		struct stat st;
		assert_int_equal(store_open(path_in(s, "other.db"), modes[i], &store, &err),
				 ERR_MALFORMED);
		assert_contains(err.text, "not a database of airgap-verify");
		assert_int_equal(fstatat(s->fd, "other.db", &st, 0), 0);
		assert_int_equal(st.st_size, 0);
	}
}

static void a_new_one_takes_nobodys_place(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct store *store = opened(s, STORE_NEW);
	assert_int_equal(store_close(&store, &err), OK);
	assert_int_equal(store_open(path_in(s, "audit.db"), STORE_NEW, &store, &err), ERR_CREATE);
	assert_null(store);
	assert_contains(err.text, "is there already");
}

static void foreign_files_are_refused(void **state)
{
	struct scratch *s = *state;
	execute(s, "other.db", "CREATE TABLE t (x)");
	refuses(s, ERR_MALFORMED, "not a database of airgap-verify");
	execute(s, "other.db", "PRAGMA application_id = 17");
	refuses(s, ERR_MALFORMED, "not a database of airgap-verify");
	scratch_put(s, "other.db",
		    SLICE("this is a text and no database, however long it may be\n"
			  "this is a text and no database, however long it may be\n"));
	refuses(s, ERR_MALFORMED, "not a database");
}

static void other_schemas_are_refused(void **state)
{
	struct scratch *s = *state;
	char sql[128];
	snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		 STORE_APPLICATION_ID, MIGRATION_COUNT + 1);
	execute(s, "other.db", sql);
	refuses(s, ERR_MALFORMED, "is newer");
	execute(s, "other.db", "PRAGMA user_version = -1");
	refuses(s, ERR_MALFORMED, "schema -1");
}

/* Of the same number, and yet not the tables that the statements are written for. */
static void another_builds_tables_are_refused(void **state)
{
	struct scratch *s = *state;
	char name[] = "other.db";
	struct error err = {0};
	struct store *store = opened(s, STORE_NEW);
	assert_int_equal(store_close(&store, &err), OK);
	assert_int_equal(renameat(s->fd, "audit.db", s->fd, name), 0);
	execute(s, name, "CREATE VIEW of_somebody AS SELECT 1; CREATE TABLE own (x)"); /* no business of ours */
	assert_int_equal(store_open(path_in(s, name), STORE_READ, &store, &err), OK);
	store_abandon(&store);
	execute(s, name, "ALTER TABLE session ADD COLUMN more TEXT");
	assert_int_equal(store_open(path_in(s, name), STORE_READ, &store, &err), ERR_MALFORMED);
	assert_contains(err.text, "another build of airgap-verify made it (session is not as here)");
	assert_contains(err.text, "crosscheck");
	execute(s, name, "ALTER TABLE session DROP COLUMN more; DROP VIEW v_past");
	assert_int_equal(store_open(path_in(s, name), STORE_WRITE, &store, &err), ERR_MALFORMED);
	assert_contains(err.text, "(v_past is not as here)");
}

/* The path is told once, by whoever opens it. */
static void a_broken_one_has_its_name_once(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct store *store = opened(s, STORE_NEW);
	assert_int_equal(store_close(&store, &err), OK);
	AUTO_FD int fd = openat(s->fd, "audit.db", O_WRONLY | O_CLOEXEC);
	assert_int_equal(ftruncate(fd, 8192), 0);
	assert_int_equal(store_open(path_in(s, "audit.db"), STORE_READ, &store, &err), ERR_MALFORMED);
	const char *first = strstr(err.text, "audit.db");
	assert_non_null(first);
	assert_null(strstr(first + 1, "audit.db"));
	assert_contains(err.text, "make it anew");
}

static void what_is_not_there(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct store *store = NULL;
	assert_int_equal(store_open(path_in(s, "none.db"), STORE_READ, &store, &err), ERR_NO_INPUT);
	assert_int_equal(store_open(path_in(s, "none.db"), STORE_WRITE, &store, &err),
			 ERR_NO_INPUT);
	assert_false(scratch_has(s, "none.db"));
	assert_int_equal(store_open(path_in(s, "no/folder.db"), STORE_NEW, &store, &err),
			 ERR_CREATE);
	assert_contains(err.text, "cannot be opened: No such file or directory"); /* and not only that it cannot */
	store_abandon(&store);
	scratch_put(s, "empty.db", SLICE(""));
	assert_int_equal(store_open(path_in(s, "empty.db"), STORE_READ, &store, &err),
			 ERR_MALFORMED);
}

static void values_go_in_and_out(void **state)
{
	AUTO_STORE struct store *store = opened(*state, STORE_NEW);
	struct error err = {0};
	bool row = false;
	char value[8];
	assert_int_equal(store_begin(store, &err), OK);
	sqlite3_stmt *q = store_query(store, QUERY_SESSION_SET);
	store_bind_text(q, 1, "id");
	store_bind_slice(q, 2, SLICE("a\0b'\""));
	assert_int_equal(store_run(q, &err), OK);
	q = store_query(store, QUERY_SESSION_SET);
	store_bind_text(q, 1, "empty");
	store_bind_slice(q, 2, slice_of(NULL, 0)); /* "", not NULL */
	assert_int_equal(store_run(q, &err), OK);
	q = store_query(store, QUERY_SESSION_VALUE);
	store_bind_text(q, 1, "id");
	assert_int_equal(store_step(q, &row, &err), OK);
	assert_true(row);
	assert_slice(store_slice(q, 0), "a\0b'\"");
	assert_int_equal(store_step(q, &row, &err), OK);
	assert_false(row);
	assert_int_equal(store_commit(store, &err), OK);
	assert_int_equal(store_session_value(store, "empty", value, sizeof value, &err), OK);
	assert_string_equal(value, "");
	assert_int_equal(store_session_value(store, "absent", value, sizeof value, &err), OK);
	assert_string_equal(value, "");
	assert_int_equal(store_session_value(store, "id", value, 4, &err), ERR_LIMIT);
	assert_contains(err.text, "id");
}

static void nothing_stays_bound(void **state)
{
	AUTO_STORE struct store *store = opened(*state, STORE_NEW);
	struct error err = {0};
	bool row = false;
	sqlite3_stmt *q = store_query(store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "f");
	store_bind_text(q, 2, "r");
	assert_int_equal(store_run(q, &err), OK);
	int64_t id = store_last_id(store);
	assert_true(id > 0);
	q = store_query(store, QUERY_SOURCE_INSERT); /* path is NULL now: refused */
	assert_int_equal(store_run(q, &err), ERR_STORE);
	assert_contains(err.text, "NOT NULL");
	q = store_query(store, QUERY_SOURCE_HASH);
	store_bind_text(q, 1, "f");
	assert_int_equal(store_step(q, &row, &err), OK);
	assert_false(row);
	int64_t count = 77;
	q = store_query(store, QUERY_SESSION_VALUE);
	store_bind_text(q, 1, "absent");
	assert_int_equal(store_number(q, &count, &err), OK);
	assert_int_equal(count, 0);
}

static void nulls_read_as_nothing(void **state)
{
	AUTO_STORE struct store *store = opened(*state, STORE_NEW);
	struct error err = {0};
	bool row = false;
	sqlite3_stmt *q = store_query(store, QUERY_TOOL_RUN_INSERT);
	store_bind_i64(q, 1, 5);
	store_bind_text(q, 4, "ss");
	store_bind_text(q, 7, "tools/ss.txt");
	store_bind_text(q, 11, NULL);
	store_bind_null(q, 9);
	assert_int_equal(store_run(q, &err), OK);
	q = store_query(store, QUERY_TOOL_RUN_NEXT);
	store_bind_i64(q, 1, 0);
	assert_int_equal(store_step(q, &row, &err), OK);
	assert_true(row);
	assert_string_equal(store_text(q, 1), "tools/ss.txt");
	assert_true(store_is_null(q, 2));
	assert_false(store_is_null(q, 1));
	assert_int_equal(store_i64(q, 2), 0);
	assert_string_equal(store_text(q, 2), "");
	assert_int_equal(store_slice(q, 2).size, 0);
	sqlite3_reset(q);
}

static void a_store_that_is_read_stays_as_it_is(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct store *store = opened(s, STORE_NEW);
	assert_int_equal(store_close(&store, &err), OK);
	store = opened(s, STORE_READ);
	sqlite3_stmt *q = store_query(store, QUERY_SESSION_SET);
	store_bind_text(q, 1, "id");
	store_bind_text(q, 2, "x");
	assert_int_equal(store_run(q, &err), ERR_STORE);
	store_abandon(&store);
	store_abandon(&store);
	assert_int_equal(number(s, "SELECT count(*) FROM session"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(every_statement_compiles),
		scratch_test(every_view_can_be_read),
		scratch_test(an_older_schema_is_brought_up_to_date),
		scratch_test(an_empty_file_stays_empty),
		scratch_test(a_new_one_takes_nobodys_place),
		scratch_test(foreign_files_are_refused),
		scratch_test(other_schemas_are_refused),
		scratch_test(another_builds_tables_are_refused),
		scratch_test(a_broken_one_has_its_name_once),
		scratch_test(what_is_not_there),
		scratch_test(values_go_in_and_out),
		scratch_test(nothing_stays_bound),
		scratch_test(nulls_read_as_nothing),
		scratch_test(a_store_that_is_read_stays_as_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
