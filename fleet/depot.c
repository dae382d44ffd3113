/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet/depot_engine.h"

#include <stdlib.h>

struct depot {
	enum engine engine;
	const struct depot_calls *calls;
	void *inner; /* owned */
	struct text statements[FLEET_QUERY_COUNT]; /* in the words of the engine; empty before the first use */
};

struct answer {
	const struct depot_calls *calls;
	void *inner; /* owned */
};

static const struct {
	const struct depot_calls *calls;
	enum status (*open)(const struct depot_options *, enum depot_mode, struct depot_opened *, struct error *);
} engines[] = {
	[ENGINE_SQLITE] = {&depot_sqlite_calls, depot_sqlite_open},
	[ENGINE_POSTGRESQL] = {&depot_postgresql_calls, depot_postgresql_open},
};

static enum engine engine_of(const char *place)
{
	struct slice s = slice_of_string(place);
	return slice_starts(s, "postgresql://") || slice_starts(s, "postgres://") ? ENGINE_POSTGRESQL : ENGINE_SQLITE;
}

/* All of it in one transaction: a store is whole or not there. */
static enum status make_tables(struct depot *d, struct error *err)
{
	enum status status = depot_begin(d, err);
	for (size_t i = 0; i < FLEET_TABLES_COUNT && !status; i++) {
		AUTO_TEXT struct text sql = text_make(WORDS_SQL_MAX);
		words_put((const char *)fleet_tables_sql[i].sql, d->engine, &sql);
		status = d->calls->execute(d->inner, text_string(&sql), fleet_tables_sql[i].name, err);
	}
	return status ? status : depot_commit(d, err);
}

static enum status check_version(struct depot *d, const struct depot_opened *opened, enum depot_mode mode, const char *place,
				 struct error *err)
{
	if (opened->version > DEPOT_VERSION)
		return fail(err, ERR_MALFORMED, "version %lld is newer than this build's %d: use a newer airgap-verify",
			    (long long)opened->version, DEPOT_VERSION);
	if (opened->version == DEPOT_VERSION)
		return OK;
	if (mode == DEPOT_READ)
		return fail(err, ERR_NO_INPUT, "holds no bundles yet: airgap-verify fleet add --store %s FILE.zip", place);
	return make_tables(d, err);
}

enum status depot_open(const struct depot_options *options, enum depot_mode mode, struct depot **ret, struct error *err)
{
	struct depot_opened opened = {0};
	enum engine engine = engine_of(options->place);
	struct depot *d = must_alloc(1, sizeof *d);
	d->engine = engine;
	d->calls = engines[engine].calls;
	for (size_t i = 0; i < FLEET_QUERY_COUNT; i++)
		d->statements[i] = text_make(WORDS_SQL_MAX);
	enum status status = engines[engine].open(options, mode, &opened, err);
	d->inner = opened.engine;
	if (!status)
		status = check_version(d, &opened, mode, options->place, err);
	if (status) {
		depot_free(d);
		/* a place of PostgreSQL may hold a password */
		return engine == ENGINE_SQLITE ? fail_in(err, "%s", options->place) : fail_in(err, "the store");
	}
	*ret = d;
	return OK;
}

void depot_free(struct depot *d)
{
	if (!d)
		return;
	if (d->inner)
		d->calls->free(d->inner);
	for (size_t i = 0; i < FLEET_QUERY_COUNT; i++)
		text_free(&d->statements[i]);
	free(d);
}

enum engine depot_engine(const struct depot *d)
{
	return d->engine;
}

bool depot_lost(const struct depot *d)
{
	return d->calls->lost(d->inner);
}

enum status depot_begin(struct depot *d, struct error *err)
{
	return d->calls->execute(d->inner, d->calls->begin, "cannot begin", err);
}

enum status depot_begin_reading(struct depot *d, struct error *err)
{
	return d->calls->execute(d->inner, d->calls->begin_reading, "cannot begin", err);
}

enum status depot_commit(struct depot *d, struct error *err)
{
	return d->calls->execute(d->inner, "COMMIT", "cannot commit", err);
}

void depot_rollback(struct depot *d)
{
	struct error ignored = {0};
	(void)d->calls->execute(d->inner, "ROLLBACK", "cannot go back", &ignored);
}

enum status depot_ask(struct depot *d, enum fleet_query query, const struct value values[], size_t count, struct answer **ret,
		      struct error *err)
{
	struct text *sql = &d->statements[query];
	struct answer *a = must_alloc(1, sizeof *a);
	if (!sql->size)
		words_put((const char *)fleet_queries_sql[query].sql, d->engine, sql);
	a->calls = d->calls;
	enum status status = d->calls->ask(d->inner, query, text_string(sql), values, count, &a->inner, err);
	if (status) {
		free(a);
		return fail_in(err, "%s", fleet_queries_sql[query].name);
	}
	*ret = a;
	return OK;
}

enum status answer_step(struct answer *a, bool *ret_row, struct error *err)
{
	/* there is one where depot_ask() did not fail: NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	return a->calls->step(a->inner, ret_row, err);
}

void answer_end(struct answer *a)
{
	if (!a)
		return;
	a->calls->end(a->inner);
	free(a);
}

size_t answer_columns(const struct answer *a)
{
	return a->calls->columns(a->inner);
}

const char *answer_name(const struct answer *a, size_t column)
{
	return a->calls->name(a->inner, column);
}

bool answer_is_null(const struct answer *a, size_t column)
{
	return a->calls->is_null(a->inner, column);
}

int64_t answer_number(const struct answer *a, size_t column)
{
	return a->calls->number(a->inner, column);
}

struct slice answer_text(const struct answer *a, size_t column)
{
	return a->calls->text(a->inner, column);
}

enum status depot_run(struct depot *d, enum fleet_query query, const struct value values[], size_t count, struct error *err)
{
	bool row = true;
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = depot_ask(d, query, values, count, &a, err);
	while (row && !status)
		status = answer_step(a, &row, err);
	return status;
}

enum status depot_month(struct depot *d, int64_t month, struct error *err)
{
	return d->calls->month(d->inner, month, err);
}

enum status depot_fill_begin(struct depot *d, enum table_kind table, int64_t month, struct error *err)
{
	return d->calls->fill_begin(d->inner, table, month, err);
}

enum status depot_fill_row(struct depot *d, const struct value row[], size_t count, struct error *err)
{
	return d->calls->fill_row(d->inner, row, count, err);
}

enum status depot_fill_end(struct depot *d, struct error *err)
{
	return d->calls->fill_end(d->inner, err);
}

enum status depot_settle(struct depot *d, struct error *err)
{
	AUTO_TEXT struct text sql = text_make(WORDS_SQL_MAX);
	text_addf(&sql, "%s; ANALYZE host; ANALYZE bundle; ANALYZE refused", d->calls->settle);
	for (size_t i = 0; i < TABLE_COUNT; i++)
		text_addf(&sql, "; ANALYZE %s", tables[i].name);
	return d->calls->execute(d->inner, text_string(&sql), "cannot look at what it holds", err);
}
