/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store.h"

#include "core/store_shape.h"

#include "schema.h" /* generated: migrations[], queries[] */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct store {
	sqlite3 *db;
	sqlite3_stmt *statements[QUERY_COUNT];
	bool written;
	bool open; /* until then whoever opens it puts its name in front */
};

/* What the database said, with its file and, where there is one, the remedy. */
static enum status fail_database(sqlite3 *db, const char *path, const char *what, struct error *err)
{
	int code = sqlite3_errcode(db);
	enum status status = code == SQLITE_FULL || code == SQLITE_IOERR ? ERR_IO
			     : code == SQLITE_NOTADB || code == SQLITE_CORRUPT ? ERR_MALFORMED
									       : ERR_STORE;
	return fail(err, status, "%s%s%s: %s%s", path, *path ? ": " : "", what, sqlite3_errmsg(db),
		    code == SQLITE_FULL	     ? "; make room, or choose another place for it"
		    : code == SQLITE_CORRUPT ? "; make it anew: crosscheck of a session folder, ingest of other files"
					     : "");
}

static const char *path_of(sqlite3 *db)
{
	const char *path = sqlite3_db_filename(db, "main");
	return path && *path ? path : "the database";
}

static enum status fail_sqlite(struct store *s, const char *what, struct error *err)
{
	if (!s->open && sqlite3_errcode(s->db) == SQLITE_NOTADB)
		return fail(err, ERR_MALFORMED, "not a database of airgap-verify");
	return fail_database(s->db, s->open ? path_of(s->db) : "", what, err);
}

static enum status execute(struct store *s, const char *sql, const char *what, struct error *err)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return fail_sqlite(s, what, err);
	return OK;
}

static enum status pragma_number(struct store *s, const char *sql, int64_t *ret, struct error *err)
{
	sqlite3_stmt *q = NULL;
	if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK ||
	    sqlite3_step(q) != SQLITE_ROW) {
		sqlite3_finalize(q);
		return fail_sqlite(s, "cannot read the database", err);
	}
	*ret = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return OK;
}

static enum status migrate(struct store *s, int64_t version, struct error *err)
{
	for (size_t i = (size_t)version; i < MIGRATION_COUNT; i++) {
		char done[64];
		snprintf(done, sizeof done, "PRAGMA user_version = %zu", i + 1);
		enum status status = execute(s, "BEGIN", "cannot begin", err);
		if (!status)
			status = execute(s, (const char *)migrations[i].sql, migrations[i].name, err);
		if (!status)
			status = execute(s, done, migrations[i].name, err);
		if (!status)
			status = execute(s, "COMMIT", migrations[i].name, err);
		if (status)
			return status;
		s->written = true;
	}
	return OK;
}

/* Is it ours, and not from a later build? */
static enum status check_identity(struct store *s, enum store_mode mode, struct error *err)
{
	int64_t application = 0, version = 0, tables = 0;
	enum status status = pragma_number(s, "PRAGMA application_id", &application, err);
	if (!status)
		status = pragma_number(s, "PRAGMA user_version", &version, err);
	if (!status)
		status = pragma_number(s, "SELECT count(*) FROM sqlite_master", &tables, err);
	if (status)
		return status;
	bool nothing = application == 0 && version == 0 && tables == 0;
	if (mode == STORE_NEW && nothing) {
		char sql[64];
		snprintf(sql, sizeof sql, "PRAGMA application_id = %d", STORE_APPLICATION_ID);
		status = execute(s, sql, "cannot mark the database", err);
		return status ? status : migrate(s, 0, err);
	}
	if (application != STORE_APPLICATION_ID)
		return fail(err, ERR_MALFORMED, "not a database of airgap-verify");
	if (version < 0 || (mode == STORE_READ && version < MIGRATION_COUNT))
		return fail(err, ERR_MALFORMED, "an older build of airgap-verify made it (schema %lld, not %d); "
			    "make it anew: crosscheck of a session folder, ingest of other files", (long long)version, MIGRATION_COUNT);
	if (version > MIGRATION_COUNT)
		return fail(err, ERR_MALFORMED,
			    "schema %lld is newer than this build's %d: use a newer airgap-verify",
			    (long long)version, MIGRATION_COUNT);
	if (mode == STORE_NEW)
		return fail(err, ERR_CREATE, "is there already");
	status = mode == STORE_READ ? OK : migrate(s, version, err);
	return status ? status : store_shape_check(s->db, err);
}

static enum status prepare_file(struct store *s, enum store_mode mode, struct error *err)
{
	static const char *const settings[] = {
		[STORE_NEW] = "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
			      "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
			      "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY",
		[STORE_WRITE] = "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -262144;"
				"PRAGMA temp_store = MEMORY",
		[STORE_READ] = "PRAGMA query_only = ON; PRAGMA cache_size = -32768;"
			       "PRAGMA temp_store = MEMORY",
	};
	enum status status = execute(s, settings[mode], "cannot set the database up", err);
	return status ? status : check_identity(s, mode, err);
}

/* One thread uses it, and nobody asks how much memory it takes: without locks and
 * counters rows go in a fifth faster. Too late where somebody else began before. */
static void configure(void)
{
	static bool done;
	if (!done) {
		(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	}
	done = true;
}

enum status store_open(const char *path, enum store_mode mode, struct store **ret, struct error *err)
{
	static const int flags[] = {
		[STORE_NEW] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		[STORE_WRITE] = SQLITE_OPEN_READWRITE,
		[STORE_READ] = SQLITE_OPEN_READONLY,
	};
	if (mode != STORE_NEW && access(path, F_OK) != 0)
		return fail(err, ERR_NO_INPUT, "%s: no such file", path);
	struct store *s = must_alloc(1, sizeof *s);
	enum status status = OK;
	configure();
	if (sqlite3_open_v2(path, &s->db, flags[mode], NULL) != SQLITE_OK)
		/* SQLite itself says no more than that it was unable to */
		status = fail(err, ERR_CREATE, "cannot be opened: %s", !s->db ? "out of memory" : sqlite3_system_errno(s->db)
			      ? strerror(sqlite3_system_errno(s->db)) : sqlite3_errmsg(s->db));
	if (!status) {
		sqlite3_extended_result_codes(s->db, 0);
		sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
		status = prepare_file(s, mode, err);
		/* only now: a defensive connection may not switch its journal off */
		sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	}
	if (status) {
		store_abandon(&s);
		return fail_in(err, "%s", path);
	}
	s->open = true;
	*ret = s;
	return OK;
}

static int close_handles(struct store *s)
{
	for (size_t i = 0; i < QUERY_COUNT; i++)
		sqlite3_finalize(s->statements[i]);
	int code = sqlite3_close(s->db);
	free(s);
	return code;
}

enum status store_close(struct store **store, struct error *err)
{
	int code = close_handles(*store);
	*store = NULL;
	return code == SQLITE_OK ? OK : fail(err, ERR_IO, "cannot close the database");
}

void store_abandon(struct store **store)
{
	if (*store)
		(void)close_handles(*store);
	*store = NULL;
}

enum status store_begin(struct store *store, struct error *err)
{
	return execute(store, "BEGIN IMMEDIATE", "cannot begin", err);
}

enum status store_commit(struct store *store, struct error *err)
{
	return execute(store, "COMMIT", "cannot commit", err);
}

enum status store_index(struct store *store, struct error *err)
{
	return execute(store, (const char *)embedded_index, "cannot make the indexes", err);
}

sqlite3_stmt *store_query(struct store *store, enum query query)
{
	sqlite3_stmt **q = &store->statements[query];
	if (!*q) {
		if (sqlite3_prepare_v3(store->db, (const char *)queries[query].sql, -1,
				       SQLITE_PREPARE_PERSISTENT, q, NULL) != SQLITE_OK)
			die("schema/query/%s.sql: %s", queries[query].name, sqlite3_errmsg(store->db));
	} else {
		sqlite3_reset(*q);
		sqlite3_clear_bindings(*q);
	}
	return *q;
}

const char *store_query_name(enum query query)
{
	return queries[query].name;
}

static void must_bind(int code)
{
	if (code != SQLITE_OK)
		die("cannot bind a value: %s", sqlite3_errstr(code));
}

void store_bind_i64(sqlite3_stmt *q, int at, int64_t value)
{
	must_bind(sqlite3_bind_int64(q, at, value));
}

void store_bind_real(sqlite3_stmt *q, int at, double value)
{
	must_bind(sqlite3_bind_double(q, at, value));
}

void store_bind_slice(sqlite3_stmt *q, int at, struct slice text)
{
	must_bind(sqlite3_bind_text64(q, at, text.size ? (const char *)text.at : "", text.size,
				      SQLITE_STATIC, SQLITE_UTF8));
}

void store_bind_text(sqlite3_stmt *q, int at, const char *text)
{
	must_bind(sqlite3_bind_text(q, at, text, -1, SQLITE_STATIC));
}

void store_bind_null(sqlite3_stmt *q, int at)
{
	must_bind(sqlite3_bind_null(q, at));
}

enum status store_step(sqlite3_stmt *q, bool *ret_row, struct error *err)
{
	int code = sqlite3_step(q);
	*ret_row = code == SQLITE_ROW;
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return OK;
	enum status status = fail_database(sqlite3_db_handle(q), path_of(sqlite3_db_handle(q)), "a row was refused", err);
	sqlite3_reset(q);
	return status;
}

enum status store_run(sqlite3_stmt *q, struct error *err)
{
	bool row = true;
	enum status status = OK;
	while (row && !status)
		status = store_step(q, &row, err);
	sqlite3_reset(q);
	return status;
}

enum status store_number(sqlite3_stmt *q, int64_t *ret, struct error *err)
{
	bool row;
	enum status status = store_step(q, &row, err);
	*ret = !status && row ? store_i64(q, 0) : 0;
	sqlite3_reset(q);
	return status;
}

int64_t store_last_id(const struct store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

int64_t store_i64(sqlite3_stmt *q, int column)
{
	return sqlite3_column_int64(q, column);
}

double store_real(sqlite3_stmt *q, int column)
{
	return sqlite3_column_double(q, column);
}

struct slice store_slice(sqlite3_stmt *q, int column)
{
	const unsigned char *text = sqlite3_column_text(q, column);
	int size = sqlite3_column_bytes(q, column);
	return slice_of(text, text && size > 0 ? (size_t)size : 0);
}

const char *store_text(sqlite3_stmt *q, int column)
{
	const unsigned char *text = sqlite3_column_text(q, column);
	return text ? (const char *)text : "";
}

bool store_is_null(sqlite3_stmt *q, int column)
{
	return sqlite3_column_type(q, column) == SQLITE_NULL;
}

enum status store_session_value(struct store *store, const char *name, char *ret, size_t capacity,
				struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_SESSION_VALUE);
	store_bind_text(q, 1, name);
	bool row;
	enum status status = store_step(q, &row, err);
	if (capacity)
		ret[0] = 0;
	if (!status && row && !slice_to_string(store_slice(q, 0), ret, capacity))
		status = fail(err, ERR_LIMIT, "the value of %s is longer than %zu bytes", name, capacity);
	sqlite3_reset(q);
	return status;
}
