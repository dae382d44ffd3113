/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLEET_DEPOT_H
#define FLEET_DEPOT_H

/*
 * Where the bundles of many hosts are kept: a file of SQLite, or a database of PostgreSQL. Both
 * have the tables and views of schema/fleet/ and answer the same statements, those in
 * schema/fleet/query/NAME.sql (FLEET_NAME); their values are $1, $2, …, bound and never pasted.
 *
 * One answer is open at a time, and while rows go in, none.
 */

#include "fleet/table.h"
#include "fleet/words.h"

#include "fleet_sql.h" /* generated: enum fleet_query */

struct depot;  /* opaque */
struct answer; /* opaque; of one statement */

enum depot_mode {
	DEPOT_READ,  /* one that is there */
	DEPOT_WRITE, /* made where it is not */
};

struct depot_options {
	const char *place; /* a path, or "postgresql://…" */
	bool remote;	   /* the server of it may be another machine */
};

/* Opens a store; with DEPOT_WRITE makes its tables where there are none. Fails with ERR_USAGE
 * where `place` may lead to another machine and that was not allowed, before anything is
 * sent; with ERR_UNAVAILABLE where no server answers. */
enum status depot_open(const struct depot_options *options, enum depot_mode mode, struct depot **ret,
		       struct error *err) MUST_CHECK;
void depot_free(struct depot *d); /* NULL-safe; what was not committed is not there */
static inline void depot_auto(struct depot **d)
{
	depot_free(*d);
}
#define AUTO_DEPOT __attribute__((cleanup(depot_auto)))

enum engine depot_engine(const struct depot *d);

/* Did the last failure come of a connection that is gone? Then the same may be tried with a
 * store opened anew. */
bool depot_lost(const struct depot *d);

/* A transaction for writing. */
enum status depot_begin(struct depot *d, struct error *err) MUST_CHECK;

/* From here to the end all answers are of one moment, whatever others put in meanwhile. */
enum status depot_begin_reading(struct depot *d, struct error *err) MUST_CHECK;

enum status depot_commit(struct depot *d, struct error *err) MUST_CHECK;
void depot_rollback(struct depot *d); /* also where nothing was begun */

/* Begins a statement; `ret` is to be ended. The texts of `values` may go when it returns. */
enum status depot_ask(struct depot *d, enum fleet_query query, const struct value values[], size_t count,
		      struct answer **ret, struct error *err) MUST_CHECK;

/* One row further; `ret_row` is false at the end. */
enum status answer_step(struct answer *a, bool *ret_row, struct error *err) MUST_CHECK;
void answer_end(struct answer *a); /* NULL-safe */
static inline void answer_auto(struct answer **a)
{
	answer_end(*a);
}
#define AUTO_ANSWER __attribute__((cleanup(answer_auto)))

/* Columns of the current row, from 0; text is valid until the next step. */
size_t answer_columns(const struct answer *a);
const char *answer_name(const struct answer *a, size_t column);
bool answer_is_null(const struct answer *a, size_t column);
int64_t answer_number(const struct answer *a, size_t column); /* 0 for NULL */
struct slice answer_text(const struct answer *a, size_t column);

/* Runs one that gives no rows that matter. */
enum status depot_run(struct depot *d, enum fleet_query query, const struct value values[], size_t count,
		      struct error *err) MUST_CHECK;

/* Room for the rows of a month; made where it is not there. */
enum status depot_month(struct depot *d, int64_t month, struct error *err) MUST_CHECK;

/* Rows of one table and month, one after the other: begin, rows, end. A row is host, month, bundle and
 * then the columns of the table, which were checked. */
enum status depot_fill_begin(struct depot *d, enum table_kind table, int64_t month, struct error *err) MUST_CHECK;
enum status depot_fill_row(struct depot *d, const struct value row[], size_t count, struct error *err) MUST_CHECK;
enum status depot_fill_end(struct depot *d, struct error *err) MUST_CHECK;

/* After many rows: has the engine look at what it holds, by which it chooses how to answer. */
enum status depot_settle(struct depot *d, struct error *err) MUST_CHECK;

#endif
