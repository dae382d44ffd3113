/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_FLEET_HOSTS_H
#define TESTS_UNIT_FLEET_HOSTS_H

/*
 * Three hosts with a key each, and a store on each engine that takes their bundles in as a user
 * would.
 */

#include "tests/unit/fleet_bundles.h"
#include "tests/unit/postgres.h"

#include "cli/fleet_add.h"
#include "report/signing.h"

enum { HOSTS = 3, NIGHTS = 12, ATTEMPTS = 40, LINES_MAX = 20000, OUTPUT_MAX = 16 << 20 };
enum { ALPHA, BETA, GAMMA, BETA_NEW /* a key */ };

static const char *const hosts[HOSTS] = {"alpha", "beta", "gamma"};

static struct {
	struct scratch *scratch; /* owned */
	struct postgres postgres;
	bool have_postgres;
	struct signing *keys[HOSTS + 1]; /* owned */
	char paths[HOSTS][NIGHTS + 1][FILE_PATH_MAX]; /* of the bundles of nights from 1 */
	char again[FILE_PATH_MAX];
	char fingerprint[HASH_TEXT_MAX]; /* of the new key */
} all;

static inline const char *place_of(enum engine engine)
{
	static char path[256];
	snprintf(path, sizeof path, "%s/fleet.db", all.scratch->path);
	return engine == ENGINE_SQLITE ? path : all.postgres.place;
}

/* The exit status, or that of the error. */
static inline int add(enum engine engine, const char *fingerprint, const char *path)
{
	char *names[] = {(char *)path};
	struct error err = {0};
	const struct fleet_settings settings = {.common = {.quiet = true}, .store = place_of(engine), .fingerprint = fingerprint};
	int status = fleet_add(&settings, names, 1, &err);
	if (err.status)
		print_error("%s\n", err.text);
	return err.status ? error_exit(err.status) : status;
}

static inline void make(unsigned host, unsigned key, unsigned night, const char *session, const char *verdict, const char *sql,
			char ret[static FILE_PATH_MAX])
{
	const struct fleet_bundle b = {hosts[host], session, verdict, FLEET_FIRST + (night - 1) * FLEET_DAY, ATTEMPTS, sql};
	fleet_bundle_make(all.scratch->path, &b, all.keys[key], ret);
}

/* Keys and a server, and no bundle yet. */
static inline int hosts_set_up(void **state)
{
	struct error err = {0};
	void *scratch = NULL;
	(void)state;
	if (postgres_scratch(&scratch))
		return -1;
	all.scratch = scratch;
	for (size_t i = 0; i <= HOSTS; i++)
		fleet_must(signing_generate(PUBLIC_KEY_P256, "Test", FLEET_FIRST, &all.keys[i], &err), &err);
	signing_fingerprint(all.keys[BETA_NEW], all.fingerprint);
	all.have_postgres = postgres_begin(&all.postgres);
	return 0;
}

static inline int hosts_tear_down(void **state)
{
	void *scratch = all.scratch;
	(void)state;
	postgres_end(&all.postgres);
	for (size_t i = 0; i <= HOSTS; i++)
		signing_free(all.keys[i]);
	return scratch_teardown(&scratch);
}

static inline struct depot *opened(enum engine engine)
{
	const struct depot_options options = {.place = place_of(engine)};
	struct depot *d = NULL;
	struct error err = {0};
	fleet_must(depot_open(&options, DEPOT_READ, &d, &err), &err);
	return d;
}

static inline int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a text, sorted. */
static inline char *sorted(char *text)
{
	static char *lines[LINES_MAX];
	size_t count = 0;
	struct cursor c = cursor_over(slice_of_string(text));
	struct slice line;
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	while (cursor_line(&c, &line, NULL)) {
		assert_true(count < LINES_MAX);
		lines[count] = calloc(line.size + 1, 1);
		memcpy(lines[count++], line.at, line.size);
	}
	qsort(lines, count, sizeof *lines, by_bytes);
	for (size_t i = 0; i < count; i++) {
		text_addf(&out, "%s\n", lines[i]);
		free(lines[i]);
	}
	return must_strdup(text_string(&out));
}

static inline char *sqlite_says(const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	assert_int_equal(sqlite3_open(place_of(ENGINE_SQLITE), &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
	while (sqlite3_step(q) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(q); i++)
			text_addf(&out, "%s%s", sqlite3_column_type(q, i) == SQLITE_NULL ? "" : (const char *)sqlite3_column_text(q, i),
				  i + 1 < sqlite3_column_count(q) ? "|" : "\n");
	sqlite3_finalize(q);
	sqlite3_close(db);
	return sorted((char *)text_string(&out));
}

#endif
