/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store in a server that speaks the protocol of PostgreSQL, through libpq. Rows go in by
 * COPY in its binary form ("COPY", File Formats, in PostgreSQL's manual): a head; for each row the number
 * of columns (2 bytes) and for each column its size (4 bytes, -1: NULL) and bytes; -1 (2 bytes).
 */
#include "fleet/depot_engine.h"

#include "fleet/reach.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COPY_CHUNK = 256 << 10, COPY_MAX = COPY_CHUNK + TABLE_ROW_MAX + 1024, VALUES_MAX = 32, NUMBER_MAX = 24, SQL_MAX = 512 };

struct server {
	PGconn *connection;
	int64_t month; /* that there was room for last */
	const struct table *filling;
	struct text rows; /* owned; of the COPY */
};

struct result {
	PGresult *rows; /* owned */
	int at;
};

static enum status fail_server(const struct server *s, const PGresult *r, const char *what, struct error *err)
{
	const char *code = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *said = r && *PQresultErrorMessage(r) ? PQresultErrorMessage(r) : PQerrorMessage(s->connection);
	int size = (int)strcspn(said, "\n");
	/* 53: no room; 22 and 23: values and rows that cannot be */
	bool full = code && !strncmp(code, "53", 2), wrong = code && (!strncmp(code, "22", 2) || !strncmp(code, "23", 2));
	enum status status = PQstatus(s->connection) != CONNECTION_OK ? ERR_UNAVAILABLE : full ? ERR_IO : wrong ? ERR_MALFORMED : ERR_STORE;
	return fail(err, status, "%s: %.*s", what, size, said);
}

/* Runs what needs no answer; `what` is for the message. */
static enum status execute(void *engine, const char *sql, const char *what, struct error *err)
{
	struct server *s = engine;
	PGresult *r = PQexec(s->connection, sql);
	ExecStatusType got = PQresultStatus(r);
	enum status status = got == PGRES_COMMAND_OK || got == PGRES_TUPLES_OK ? OK : fail_server(s, r, what, err);
	PQclear(r);
	return status;
}

/* One number; 0 for NULL. */
static enum status number(struct server *s, const char *sql, int64_t *ret, struct error *err)
{
	PGresult *r = PQexec(s->connection, sql);
	enum status status = OK;
	if (PQresultStatus(r) != PGRES_TUPLES_OK || PQntuples(r) != 1)
		status = fail_server(s, r, "cannot read it", err);
	else if (!slice_i64(slice_of_string(PQgetvalue(r, 0, 0)), INT64_MAX, ret))
		*ret = 0;
	PQclear(r);
	return status;
}

enum status depot_postgresql_open(const struct depot_options *options, enum depot_mode mode, struct depot_opened *ret,
				  struct error *err)
{
	struct server *s = must_alloc(1, sizeof *s);
	int64_t there = 0;
	s->rows = text_make(COPY_MAX);
	ret->engine = s;
	enum status status = reach_connect(options->place, options->remote, &s->connection, err);
	if (!status)
		status = execute(s, "SET client_min_messages = warning; SET jit = off; SET client_encoding = 'UTF8'", "cannot set it up", err);
	if (!status && mode == DEPOT_READ)
		status = execute(s, "SET default_transaction_read_only = on", "cannot set it up", err);
	if (!status)
		status = number(s, "SELECT count(*) FROM (SELECT to_regclass('fleet') AS t) r WHERE t IS NOT NULL", &there, err);
	return status || !there ? status : number(s, "SELECT max(version) FROM fleet", &ret->version, err);
}

static void close_server(void *engine)
{
	struct server *s = engine;
	PQfinish(s->connection);
	text_free(&s->rows);
	free(s);
}

/* Values as text, each with a NUL behind it; `ret[n]` is NULL where they do not fit. */
static bool write_values(const struct value values[], size_t count, struct text *out, const char *ret[static VALUES_MAX])
{
	size_t starts[VALUES_MAX];
	if (count > VALUES_MAX)
		return false;
	for (size_t i = 0; i < count; i++) {
		starts[i] = out->size;
		if (values[i].type == VALUE_NUMBER)
			text_add_i64(out, values[i].number);
		else
			text_add(out, values[i].text);
		text_add_char(out, 0);
	}
	for (size_t i = 0; i < count; i++)
		ret[i] = values[i].type == VALUE_NULL ? NULL : out->at + starts[i];
	return !out->overflow;
}

static enum status ask(void *engine, enum fleet_query query, const char *sql, const struct value values[], size_t count, void **ret,
		       struct error *err)
{
	struct server *s = engine;
	const char *texts[VALUES_MAX];
	AUTO_TEXT struct text buffer = text_make(TABLE_ROW_MAX);
	(void)query;
	if (!write_values(values, count, &buffer, texts))
		return fail(err, ERR_LIMIT, "values that are too long");
	PGresult *rows = PQexecParams(s->connection, sql, (int)count, NULL, texts, NULL, NULL, 0);
	ExecStatusType got = PQresultStatus(rows);
	if (got != PGRES_TUPLES_OK && got != PGRES_COMMAND_OK) {
		enum status status = fail_server(s, rows, "cannot ask it", err);
		PQclear(rows);
		return status;
	}
	struct result *result = must_alloc(1, sizeof *result);
	*result = (struct result){rows, -1};
	*ret = result;
	return OK;
}

static enum status step(void *answer, bool *ret_row, struct error *err)
{
	struct result *r = answer;
	(void)err;
	*ret_row = ++r->at < PQntuples(r->rows);
	return OK;
}

static void end(void *answer)
{
	struct result *r = answer;
	PQclear(r->rows);
	free(r);
}

static size_t columns(const void *answer)
{
	return (size_t)PQnfields(((const struct result *)answer)->rows);
}

static const char *name(const void *answer, size_t column)
{
	const char *text = PQfname(((const struct result *)answer)->rows, (int)column);
	return text ? text : "";
}

static bool is_null(const void *answer, size_t column)
{
	const struct result *r = answer;
	return PQgetisnull(r->rows, r->at, (int)column) != 0;
}

static struct slice text(const void *answer, size_t column)
{
	const struct result *r = answer;
	int size = PQgetlength(r->rows, r->at, (int)column);
	return slice_of(PQgetvalue(r->rows, r->at, (int)column), size > 0 ? (size_t)size : 0);
}

static int64_t integer(const void *answer, size_t column)
{
	int64_t value;
	return slice_i64(text(answer, column), INT64_MAX, &value) ? value : 0;
}

/* Two who make the same at once: the second finds it there when it looks again. */
static enum status make_partition(struct server *s, const char *table, int64_t for_month, struct error *err)
{
	char sql[SQL_MAX];
	snprintf(sql, sizeof sql, "CREATE TABLE IF NOT EXISTS %s_%lld PARTITION OF %s FOR VALUES IN (%lld)", table,
		 (long long)for_month, table, (long long)for_month);
	struct error first = {0};
	return execute(s, sql, "cannot make room for a month", &first) == OK ? OK : execute(s, sql, "cannot make room for a month", err);
}

static enum status month(void *engine, int64_t wanted, struct error *err)
{
	struct server *s = engine;
	enum status status = OK;
	if (s->month == wanted)
		return OK;
	for (size_t i = 0; i < TABLE_COUNT && !status; i++) {
		char sql[SQL_MAX];
		int64_t there = 0;
		snprintf(sql, sizeof sql, "SELECT count(*) FROM (SELECT to_regclass('%s_%lld') AS t) r WHERE t IS NOT NULL", tables[i].name,
			 (long long)wanted);
		status = number(s, sql, &there, err);
		if (!status && !there)
			status = make_partition(s, tables[i].name, wanted, err);
	}
	if (!status)
		s->month = wanted;
	return status;
}

/* Straight into the partition: which one it is need not be found out for each row. */
static enum status fill_begin(void *engine, enum table_kind table, int64_t for_month, struct error *err)
{
	struct server *s = engine;
	char sql[SQL_MAX];
	snprintf(sql, sizeof sql, "COPY %s_%lld FROM STDIN (FORMAT binary)", tables[table].name, (long long)for_month);
	PGresult *r = PQexec(s->connection, sql);
	enum status status = PQresultStatus(r) == PGRES_COPY_IN ? OK : fail_server(s, r, "cannot add rows", err);
	PQclear(r);
	s->filling = &tables[table];
	text_clear(&s->rows);
	text_add(&s->rows, SLICE("PGCOPY\n\377\r\n\0"));
	text_add(&s->rows, SLICE("\0\0\0\0\0\0\0\0")); /* no flags, nothing more in the head */
	return status;
}

static enum status send_rows(struct server *s, struct error *err)
{
	int sent = PQputCopyData(s->connection, text_string(&s->rows), (int)s->rows.size);
	text_clear(&s->rows);
	return sent == 1 ? OK : fail_server(s, NULL, "cannot add rows", err);
}

static void add_be(struct text *out, uint64_t value, size_t size)
{
	uint64_t bytes = htobe64(value << (64 - 8 * size));
	text_add(out, slice_of(&bytes, size));
}

static void add_value(struct text *out, enum column_type type, const struct value *v)
{
	size_t width = type == COLUMN_INT ? 4 : 8;
	if (v->type == VALUE_NULL) {
		add_be(out, UINT32_MAX, 4);
	} else if (v->type == VALUE_NUMBER) {
		add_be(out, width, 4);
		add_be(out, (uint64_t)v->number, width);
	} else {
		add_be(out, v->text.size, 4);
		text_add(out, v->text);
	}
}

static enum status fill_row(void *engine, const struct value row[], size_t count, struct error *err)
{
	enum { OWN = 3 }; /* host, month, bundle */
	struct server *s = engine;
	add_be(&s->rows, count, 2);
	for (size_t i = 0; i < count; i++)
		add_value(&s->rows, i < OWN ? COLUMN_INT : s->filling->columns[i - OWN].type, &row[i]);
	if (s->rows.overflow)
		return fail(err, ERR_LIMIT, "a row that is too long");
	return s->rows.size < COPY_CHUNK ? OK : send_rows(s, err);
}

static enum status fill_end(void *engine, struct error *err)
{
	struct server *s = engine;
	text_add(&s->rows, SLICE("\377\377"));
	enum status status = send_rows(s, err);
	if (!status && PQputCopyEnd(s->connection, NULL) != 1)
		status = fail_server(s, NULL, "cannot add rows", err);
	if (status)
		return status;
	for (PGresult *r; (r = PQgetResult(s->connection)); PQclear(r))
		if (!status && PQresultStatus(r) != PGRES_COMMAND_OK)
			status = fail_server(s, r, "rows were refused", err);
	return status;
}

static bool lost(const void *engine)
{
	const struct server *s = engine;
	return PQstatus(s->connection) != CONNECTION_OK;
}

const struct depot_calls depot_postgresql_calls = {
	.free = close_server,
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
	.begin = "BEGIN",
	.begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
	.settle = "SET default_statistics_target = 10",
};
