/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_STORE_H
#define CORE_STORE_H

/*
 * audit.db: one SQLite file, its tables made by schema/NNN_*.sql, its statements
 * taken from schema/query/NAME.sql (QUERY_NAME in the generated queries.h). Values
 * are only ever bound, never pasted into SQL.
 *
 * A statement belongs to its store and is valid until store_close(). Asking for
 * one that is in use resets it.
 */

#include "core/cursor.h"
#include "core/error.h"

#include <sqlite3.h>

#include "queries.h" /* generated: enum query */

struct store; /* opaque */

enum { STORE_APPLICATION_ID = 0x41475646 /* "AGVF" */ };

enum store_mode {
	STORE_NEW,   /* a file that is not there yet, or is empty; no journal: a failed build is
		      * thrown away */
	STORE_WRITE, /* one that is there, with a journal */
	STORE_READ,
};

/* STORE_NEW and STORE_WRITE bring the schema up to date. Refuses a file that is
 * no audit.db, or one of a newer schema. */
enum status store_open(const char *path, enum store_mode mode, struct store **ret,
		       struct error *err) MUST_CHECK;

/* Closes; for a store that was written to, a failed close is an error. */
enum status store_close(struct store **store, struct error *err) MUST_CHECK;
void store_abandon(struct store **store); /* NULL-safe; no questions asked */

/* A transaction for writing: nobody else writes to it until store_commit(). */
enum status store_begin(struct store *store, struct error *err) MUST_CHECK;
enum status store_commit(struct store *store, struct error *err) MUST_CHECK;

/* Makes the indexes of schema/index.sql, where they are not there yet. */
enum status store_index(struct store *store, struct error *err) MUST_CHECK;

/* The statement, reset, with nothing bound. A statement that does not compile is
 * a fault of the build and ends the process (a test prepares every one). */
sqlite3_stmt *store_query(struct store *store, enum query query);

/* As its file is called. */
const char *store_query_name(enum query query);

/* Binds by position, from 1. Bound text must stay until the next step or reset. */
void store_bind_i64(sqlite3_stmt *q, int at, int64_t value);
void store_bind_real(sqlite3_stmt *q, int at, double value); /* NaN → NULL */
void store_bind_slice(sqlite3_stmt *q, int at, struct slice text);
void store_bind_text(sqlite3_stmt *q, int at, const char *text); /* NULL → NULL */
void store_bind_null(sqlite3_stmt *q, int at);

/* One row further; `ret_row` is false at the end. */
enum status store_step(sqlite3_stmt *q, bool *ret_row, struct error *err) MUST_CHECK;

/* Runs a statement to its end, whatever rows it gives, and resets it. */
enum status store_run(sqlite3_stmt *q, struct error *err) MUST_CHECK;

/* Runs one that gives a single number; 0 where it gives no row or NULL. */
enum status store_number(sqlite3_stmt *q, int64_t *ret, struct error *err) MUST_CHECK;

/* The rowid of the row that was inserted last. */
int64_t store_last_id(const struct store *store);

/* Columns of the current row, from 0; text is valid until the next step. */
int64_t store_i64(sqlite3_stmt *q, int column); /* 0 for NULL */
double store_real(sqlite3_stmt *q, int column); /* 0 for NULL */
struct slice store_slice(sqlite3_stmt *q, int column);
const char *store_text(sqlite3_stmt *q, int column); /* "" for NULL */
bool store_is_null(sqlite3_stmt *q, int column);

/* The value of a row of the table `session`; "" where there is none. */
enum status store_session_value(struct store *store, const char *name, char *ret, size_t capacity,
				struct error *err) MUST_CHECK;

#define AUTO_STORE __attribute__((cleanup(store_abandon)))

#endif
