/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attempts that share who tried and where to share a row for each (schema/fleet/001_tables.sql):
 * a record of the shared values is the text by which it is found again, and what is sent last.
 */
#include "fleet/extract.h"

#include "core/auto.h"
#include "core/intern.h"
#include "core/store.h"

#include "schema.h" /* generated: queries[] */

#include <stdlib.h>
#include <string.h>

enum {
	SHARED_MAX = 256 << 20, /* bytes of what attempts share */
	PROGRESS_STEPS = 100000, /* of SQLite's machine between two looks */
	STEPS_LEAST = 1000,	 /* times that; and for each byte so many steps more */
	STEPS_A_BYTE = 200,
};

/* Where the shared columns of fleet_attempts.sql begin. */
enum { ATTEMPT_ID, ATTEMPT_TIME, ATTEMPT_OWN, ACTOR_FIRST = 9, TARGET_FIRST = 19, TARGET_END = 27 };

struct tally {
	int64_t attempts, first_ns, last_ns;
};

struct extracting {
	sqlite3 *db;
	int64_t steps_left;
	extract_fn *give;
	void *to;
	struct text key, plain[TOLD_VALUES_MAX]; /* owned; of the row at hand */
	struct intern *actors, *targets;	   /* owned */
	struct tally *tallies;			   /* owned; of the targets */
	size_t tally_room;
};

static void extracting_free(struct extracting *x)
{
	sqlite3_close(x->db);
	text_free(&x->key);
	for (size_t i = 0; i < TOLD_VALUES_MAX; i++)
		text_free(&x->plain[i]);
	intern_free(x->actors);
	intern_free(x->targets);
	free(x->tallies);
}

static enum status fail_database(struct extracting *x, const char *what, struct error *err)
{
	if (x->steps_left <= 0)
		return fail(err, ERR_MALFORMED, "%s: it takes more work than its size can explain", what);
	return fail(err, ERR_MALFORMED, "%s: %s", what, sqlite3_errmsg(x->db));
}

static int count_steps(void *of)
{
	struct extracting *x = of;
	return --x->steps_left <= 0;
}

static enum status prepare(struct extracting *x, enum query query, sqlite3_stmt **ret, struct error *err)
{
	return sqlite3_prepare_v2(x->db, (const char *)queries[query].sql, -1, ret, NULL) == SQLITE_OK
		       ? OK
		       : fail_database(x, queries[query].name, err);
}

/* A number that stands in a statement of ours; 0 for none. */
static enum status pragma(struct extracting *x, const char *sql, int64_t *ret, struct error *err)
{
	sqlite3_stmt *q = NULL;
	int code = sqlite3_prepare_v2(x->db, sql, -1, &q, NULL);
	*ret = code == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
	sqlite3_finalize(q);
	return code == SQLITE_OK ? OK : fail_database(x, "it is no database", err);
}

/* What a file of somebody else's may ask of us. */
static void limit(sqlite3 *db)
{
	static const struct {
		int id, max;
	} limits[] = {
		{SQLITE_LIMIT_LENGTH, TABLE_TEXT_MAX}, {SQLITE_LIMIT_SQL_LENGTH, 1 << 20}, {SQLITE_LIMIT_COLUMN, 200},
		{SQLITE_LIMIT_EXPR_DEPTH, 200},	       {SQLITE_LIMIT_COMPOUND_SELECT, 20}, {SQLITE_LIMIT_VDBE_OP, 100000},
		{SQLITE_LIMIT_FUNCTION_ARG, 16},       {SQLITE_LIMIT_ATTACHED, 0},	   {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
		{SQLITE_LIMIT_TRIGGER_DEPTH, 1},       {SQLITE_LIMIT_WORKER_THREADS, 0},
	};
	for (size_t i = 0; i < LENGTH(limits); i++)
		sqlite3_limit(db, limits[i].id, limits[i].max);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
}

static enum status open_database(struct extracting *x, struct slice database, struct error *err)
{
	int64_t application = 0, version = 0, set;
	if (database.size == 0 || database.size > EXTRACT_SIZE_MAX)
		return fail(err, ERR_LIMIT, "a database of %zu bytes", database.size);
	if (sqlite3_open(":memory:", &x->db) != SQLITE_OK ||
	    sqlite3_deserialize(x->db, "main", (unsigned char *)database.at, (sqlite3_int64)database.size,
				(sqlite3_int64)database.size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
		return fail(err, ERR_UNAVAILABLE, "SQLite cannot read out of memory here");
	limit(x->db);
	x->steps_left = STEPS_LEAST + (int64_t)database.size * STEPS_A_BYTE / PROGRESS_STEPS;
	sqlite3_progress_handler(x->db, PROGRESS_STEPS, count_steps, x);
	enum status status = pragma(x, "PRAGMA temp_store = MEMORY", &set, err);
	if (!status)
		status = pragma(x, "PRAGMA cell_size_check = ON", &set, err);
	if (!status)
		status = pragma(x, "PRAGMA application_id", &application, err);
	if (!status)
		status = pragma(x, "PRAGMA user_version", &version, err);
	if (!status && application != STORE_APPLICATION_ID)
		status = fail(err, ERR_MALFORMED, "it is no database of airgap-verify");
	if (!status && version != MIGRATION_COUNT)
		status = fail(err, ERR_MALFORMED, "its database is of schema %lld, and this build reads %d: use the airgap-verify that made it, "
			      "or make it anew with this one", (long long)version, MIGRATION_COUNT);
	return status;
}

/* A text that is not fit for every store is made so; everything else goes as it is, and is
 * looked at where it is taken in. */
static struct value value_of(struct extracting *x, sqlite3_stmt *q, int column, size_t at)
{
	int type = sqlite3_column_type(q, column);
	if (type == SQLITE_NULL)
		return (struct value){.type = VALUE_NULL};
	if (type == SQLITE_INTEGER)
		return value_number(sqlite3_column_int64(q, column));
	const unsigned char *bytes = sqlite3_column_text(q, column);
	int size = sqlite3_column_bytes(q, column);
	struct slice text = slice_of(bytes, bytes && size > 0 ? (size_t)size : 0);
	if (table_plain(text))
		return value_slice(text);
	text_clear(&x->plain[at]);
	text_add_printable(&x->plain[at], text, TABLE_TEXT_MAX);
	return value_slice(text_slice(&x->plain[at]));
}

static void take_columns(struct extracting *x, sqlite3_stmt *q, int first, int end, struct told *r)
{
	for (int i = first; i < end; i++, r->count++)
		r->values[r->count] = value_of(x, q, i, r->count);
}

/* All rows of a statement, as they are. */
static enum status give_all(struct extracting *x, enum query query, struct told r, struct error *err)
{
	sqlite3_stmt *q = NULL;
	const size_t before = r.count;
	int code = SQLITE_ROW;
	enum status status = prepare(x, query, &q, err);
	while (!status && (code = sqlite3_step(q)) == SQLITE_ROW) {
		r.count = before;
		take_columns(x, q, 0, sqlite3_column_count(q), &r);
		status = x->give(x->to, &r, err);
	}
	if (!status && code != SQLITE_DONE)
		status = fail_database(x, queries[query].name, err);
	sqlite3_finalize(q);
	return status;
}

static enum status share(struct extracting *x, struct intern *in, sqlite3_stmt *q, int first, int end, enum table_kind table,
			 uint32_t *ret, struct error *err)
{
	struct told r = {.kind = TOLD_ROW, .table = table};
	take_columns(x, q, first, end, &r);
	text_clear(&x->key);
	told_add(&r, &x->key);
	*ret = x->key.overflow ? INTERN_NONE : intern_add(in, text_slice(&x->key));
	return *ret == INTERN_NONE ? fail(err, ERR_LIMIT, "its attempts have more programs and destinations than fit") : OK;
}

static void count_target(struct extracting *x, uint32_t target, int64_t time_ns)
{
	if (target >= x->tally_room) {
		size_t room = x->tally_room ? 2 * x->tally_room : 256;
		x->tallies = must_realloc(x->tallies, room, sizeof *x->tallies);
		memset(x->tallies + x->tally_room, 0, (room - x->tally_room) * sizeof *x->tallies);
		x->tally_room = room;
	}
	struct tally *t = &x->tallies[target];
	t->first_ns = t->attempts && t->first_ns < time_ns ? t->first_ns : time_ns;
	t->last_ns = t->attempts && t->last_ns > time_ns ? t->last_ns : time_ns;
	t->attempts++;
}

static enum status give_attempt(struct extracting *x, sqlite3_stmt *q, struct error *err)
{
	uint32_t actor = 0, target = 0;
	struct told r = {.kind = TOLD_ROW, .table = TABLE_ATTEMPT};
	enum status status = share(x, x->actors, q, ACTOR_FIRST, TARGET_FIRST, TABLE_ACTOR, &actor, err);
	if (!status)
		status = share(x, x->targets, q, TARGET_FIRST, TARGET_END, TABLE_TARGET, &target, err);
	if (status)
		return status;
	count_target(x, target, sqlite3_column_int64(q, ATTEMPT_TIME));
	take_columns(x, q, ATTEMPT_ID, ATTEMPT_OWN, &r);
	r.values[r.count++] = value_number(actor);
	r.values[r.count++] = value_number(target);
	take_columns(x, q, ATTEMPT_OWN, ACTOR_FIRST, &r);
	return x->give(x->to, &r, err);
}

static enum status give_attempts(struct extracting *x, struct error *err)
{
	sqlite3_stmt *q = NULL;
	int code = SQLITE_ROW;
	enum status status = prepare(x, QUERY_FLEET_ATTEMPTS, &q, err);
	while (!status && (code = sqlite3_step(q)) == SQLITE_ROW)
		status = give_attempt(x, q, err);
	if (!status && code != SQLITE_DONE)
		status = fail_database(x, queries[QUERY_FLEET_ATTEMPTS].name, err);
	sqlite3_finalize(q);
	return status;
}

/* The shared values were written here: what is read is as it was. */
static enum status give_shared(struct extracting *x, const struct intern *in, struct error *err)
{
	enum status status = OK;
	for (uint32_t n = 0; n < intern_count(in) && !status; n++) {
		const char *bytes = intern_text(in, n);
		struct told shared, r;
		size_t size = 0;
		if (!told_size(slice_of(bytes, TOLD_HEAD), &size) || told_read(slice_of(bytes + TOLD_HEAD, size), &shared))
			return fail(err, ERR_INTERNAL, "a record that was written cannot be read");
		r = (struct told){.kind = TOLD_ROW, .table = shared.table, .count = 1 + shared.count};
		r.values[0] = value_number(n);
		memcpy(r.values + 1, shared.values, shared.count * sizeof *r.values);
		if (r.table == TABLE_TARGET) {
			const struct tally *t = &x->tallies[n];
			r.values[r.count++] = value_number(t->attempts);
			r.values[r.count++] = value_number(t->first_ns);
			r.values[r.count++] = value_number(t->last_ns);
		}
		status = x->give(x->to, &r, err);
	}
	return status;
}

static enum status give_rest(struct extracting *x, struct error *err)
{
	static const struct {
		enum query query;
		enum table_kind table;
	} rest[] = {
		{QUERY_FLEET_LOOKUPS, TABLE_LOOKUP},
		{QUERY_FLEET_FINDINGS, TABLE_FINDING},
		{QUERY_FLEET_CONTROLS, TABLE_CONTROL},
		{QUERY_FLEET_COVERAGE, TABLE_COVERAGE},
	};
	enum status status = OK;
	for (size_t i = 0; i < LENGTH(rest) && !status; i++)
		status = give_all(x, rest[i].query, (struct told){.kind = TOLD_ROW, .table = rest[i].table}, err);
	return status;
}

enum status extract(struct slice database, const char *content, extract_fn *give, void *to, struct error *err)
{
	AUTO(extracting_free) struct extracting x = {.give = give, .to = to, .key = text_make(TOLD_MAX)};
	struct told first = {.kind = TOLD_BUNDLE, .values = {value_text(content)}, .count = 1};
	for (size_t i = 0; i < TOLD_VALUES_MAX; i++)
		x.plain[i] = text_make(4 * (size_t)TABLE_TEXT_MAX);
	x.actors = intern_new(SHARED_MAX);
	x.targets = intern_new(SHARED_MAX);
	enum status status = open_database(&x, database, err);
	if (!status)
		status = give_all(&x, QUERY_FLEET_BUNDLE, first, err);
	if (!status)
		status = give_attempts(&x, err);
	if (!status)
		status = give_shared(&x, x.actors, err);
	if (!status)
		status = give_shared(&x, x.targets, err);
	return status ? status : give_rest(&x, err);
}
