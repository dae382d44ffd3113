/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store as one file, for a site without a server.
 */
#include "fleet/depot_engine.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAIT_MS = 10000, INSERT_MAX = 1024 };

struct file {
	sqlite3 *db;
	sqlite3_stmt *statements[FLEET_QUERY_COUNT], *inserts[TABLE_COUNT];
	sqlite3_stmt *filling; /* one of them, or NULL */
};

static enum status fail_sqlite(sqlite3 *db, const char *what, struct error *err)
{
	int code = sqlite3_errcode(db) & 0xff;
	enum status status = code == SQLITE_FULL || code == SQLITE_IOERR ? ERR_IO
			     : code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_CONSTRAINT ? ERR_MALFORMED
			     : code == SQLITE_BUSY			       ? ERR_UNAVAILABLE
									       : ERR_STORE;
	return fail(err, status, "%s: %s%s", what, sqlite3_errmsg(db),
		    code == SQLITE_FULL	  ? "; make room, or choose another place for it (--store)"
		    : code == SQLITE_BUSY ? "; another airgap-verify fleet uses it: try again when that has ended"
					  : "");
}

static enum status execute(void *engine, const char *sql, const char *what, struct error *err)
{
	struct file *f = engine;
	return sqlite3_exec(f->db, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : fail_sqlite(f->db, what, err);
}

static enum status number(struct file *f, const char *sql, int64_t *ret, struct error *err)
{
	sqlite3_stmt *q = NULL;
	enum status status = OK;
	if (sqlite3_prepare_v2(f->db, sql, -1, &q, NULL) != SQLITE_OK || sqlite3_step(q) != SQLITE_ROW)
		status = fail_sqlite(f->db, "cannot read it", err);
	else
		*ret = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return status;
}

/* Is it ours, and of which version? */
static enum status identify(struct file *f, enum depot_mode mode, int64_t *ret_version, struct error *err)
{
	int64_t application = 0, things = 0;
	enum status status = number(f, "PRAGMA application_id", &application, err);
	if (!status)
		status = number(f, "SELECT count(*) FROM sqlite_master", &things, err);
	*ret_version = 0;
	if (!status && application == DEPOT_APPLICATION_ID && things)
		return number(f, "SELECT max(version) FROM fleet", ret_version, err);
	if (!status && (application || things) && !(application == DEPOT_APPLICATION_ID))
		return fail(err, ERR_MALFORMED, "is no store of airgap-verify fleet; name another file with --store");
	if (!status && mode == DEPOT_WRITE) {
		char sql[64];
		snprintf(sql, sizeof sql, "PRAGMA application_id = %d", DEPOT_APPLICATION_ID);
		status = execute(f, sql, "cannot mark it", err);
	}
	return status;
}

/* SQLite tells of each of these that it cannot open the file. */
static enum status look_at(const char *place, enum depot_mode mode, struct error *err)
{
	struct stat st;
	if (stat(place, &st) != 0) {
		if (errno != ENOENT)
			return fail_errno(err, ERR_NO_INPUT, errno, "the store");
		return mode == DEPOT_WRITE ? OK
					   : fail(err, ERR_NO_INPUT, "there is no such store; airgap-verify fleet add makes one, --store names another");
	}
	if (S_ISDIR(st.st_mode))
		return fail(err, ERR_NO_INPUT, "is a folder, and the store is a file: --store names it");
	if (access(place, mode == DEPOT_READ ? R_OK : R_OK | W_OK) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "the store");
	return OK;
}

enum status depot_sqlite_open(const struct depot_options *options, enum depot_mode mode, struct depot_opened *ret, struct error *err)
{
	static const int flags[] = {SQLITE_OPEN_READONLY, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
	struct file *f = must_alloc(1, sizeof *f);
	ret->engine = f;
	enum status status = look_at(options->place, mode, err);
	if (status)
		return status;
	if (sqlite3_open_v2(options->place, &f->db, flags[mode], NULL) != SQLITE_OK)
		return fail(err, ERR_CREATE, "cannot open it: %s", f->db ? sqlite3_errmsg(f->db) : "out of memory");
	sqlite3_busy_timeout(f->db, WAIT_MS);
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	status = execute(f, mode == DEPOT_READ ? "PRAGMA query_only = ON; PRAGMA cache_size = -65536"
							   : "PRAGMA cache_size = -65536; PRAGMA synchronous = FULL",
				     "cannot set it up", err);
	return status ? status : identify(f, mode, &ret->version, err);
}

static void close_file(void *engine)
{
	struct file *f = engine;
	for (size_t i = 0; i < FLEET_QUERY_COUNT; i++)
		sqlite3_finalize(f->statements[i]);
	for (size_t i = 0; i < TABLE_COUNT; i++)
		sqlite3_finalize(f->inserts[i]);
	sqlite3_close(f->db);
	free(f);
}

static void bind(sqlite3_stmt *q, int at, const struct value *v, sqlite3_destructor_type keep)
{
	int code = SQLITE_OK;
	if (v->type == VALUE_NUMBER)
		code = sqlite3_bind_int64(q, at, v->number);
	else if (v->type == VALUE_TEXT)
		code = sqlite3_bind_text64(q, at, v->text.size ? (const char *)v->text.at : "", v->text.size, keep, SQLITE_UTF8);
	else
		code = sqlite3_bind_null(q, at);
	if (code != SQLITE_OK)
		die("cannot bind a value: %s", sqlite3_errstr(code));
}

static enum status ask(void *engine, enum fleet_query query, const char *sql, const struct value values[], size_t count, void **ret,
		       struct error *err)
{
	struct file *f = engine;
	sqlite3_stmt **q = &f->statements[query];
	if (!*q && sqlite3_prepare_v3(f->db, sql, -1, SQLITE_PREPARE_PERSISTENT, q, NULL) != SQLITE_OK)
		return fail_sqlite(f->db, "cannot ask it", err);
	sqlite3_reset(*q);
	sqlite3_clear_bindings(*q);
	for (size_t i = 0; i < count; i++) {
		char name[24];
		snprintf(name, sizeof name, "$%zu", i + 1);
		int at = sqlite3_bind_parameter_index(*q, name);
		if (at) /* a statement need not use all */
			bind(*q, at, &values[i], SQLITE_TRANSIENT);
	}
	*ret = *q;
	return OK;
}

static enum status step(void *answer, bool *ret_row, struct error *err)
{
	int code = sqlite3_step(answer);
	*ret_row = code == SQLITE_ROW;
	return code == SQLITE_ROW || code == SQLITE_DONE ? OK : fail_sqlite(sqlite3_db_handle(answer), "a row was refused", err);
}

static void end(void *answer)
{
	sqlite3_reset(answer);
}

static size_t columns(const void *answer)
{
	return (size_t)sqlite3_column_count((sqlite3_stmt *)answer);
}

static const char *name(const void *answer, size_t column)
{
	const char *text = sqlite3_column_name((sqlite3_stmt *)answer, (int)column);
	return text ? text : "";
}

static bool is_null(const void *answer, size_t column)
{
	return sqlite3_column_type((sqlite3_stmt *)answer, (int)column) == SQLITE_NULL;
}

static int64_t integer(const void *answer, size_t column)
{
	return sqlite3_column_int64((sqlite3_stmt *)answer, (int)column);
}

static struct slice text(const void *answer, size_t column)
{
	const unsigned char *at = sqlite3_column_text((sqlite3_stmt *)answer, (int)column);
	int size = sqlite3_column_bytes((sqlite3_stmt *)answer, (int)column);
	return slice_of(at, at && size > 0 ? (size_t)size : 0);
}

static enum status month(void *engine, int64_t ignored_month, struct error *err)
{
	(void)engine, (void)ignored_month, (void)err; /* one file holds all */
	return OK;
}

static enum status fill_begin(void *engine, enum table_kind table, int64_t ignored_month, struct error *err)
{
	struct file *f = engine;
	sqlite3_stmt **q = &f->inserts[table];
	AUTO_TEXT struct text sql = text_make(INSERT_MAX);
	(void)ignored_month;
	if (!*q) {
		text_addf(&sql, "INSERT INTO %s VALUES (?, ?, ?", tables[table].name);
		for (size_t i = 0; i < tables[table].count; i++)
			text_add_string(&sql, ", ?");
		text_add_char(&sql, ')');
		if (sqlite3_prepare_v3(f->db, text_string(&sql), -1, SQLITE_PREPARE_PERSISTENT, q, NULL) != SQLITE_OK)
			return fail_sqlite(f->db, "cannot add rows", err);
	}
	f->filling = *q;
	return OK;
}

static enum status fill_row(void *engine, const struct value row[], size_t count, struct error *err)
{
	struct file *f = engine;
	for (size_t i = 0; i < count; i++)
		bind(f->filling, (int)i + 1, &row[i], SQLITE_STATIC);
	int code = sqlite3_step(f->filling);
	enum status status = code == SQLITE_DONE ? OK : fail_sqlite(f->db, "a row was refused", err);
	sqlite3_reset(f->filling);
	return status;
}

static enum status fill_end(void *engine, struct error *err)
{
	struct file *f = engine;
	(void)err;
	f->filling = NULL;
	return OK;
}

static bool lost(const void *engine)
{
	(void)engine;
	return false;
}

const struct depot_calls depot_sqlite_calls = {
	.free = close_file,
	.execute = execute,
	.ask = ask,
	.step = step,
	.end = end,
	.columns = columns,
	.name = name,
	.is_null = is_null,
	.number = integer,
	.text = text,
	.month = month,
	.fill_begin = fill_begin,
	.fill_row = fill_row,
	.fill_end = fill_end,
	.lost = lost,
	.begin = "BEGIN IMMEDIATE",
	.begin_reading = "BEGIN",
	.settle = "PRAGMA analysis_limit = 1000",
};
