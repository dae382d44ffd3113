/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_GOLDEN_SESSION_H
#define TESTS_UNIT_GOLDEN_SESSION_H

/*
 * Sessions out of tests/golden/report_*.sql, for what writes documents.
 */

#include "tests/unit/test.h"

#include "report/document.h"

#include "core/auto.h"

/* tests/golden/report_NAME.sql into the database. */
static inline void load(const char *path, const char *name)
{
	char file[512];
	const char *root = getenv("SRCDIR");
	snprintf(file, sizeof file, "%s/tests/golden/report_%s.sql", root ? root : ".", name);
	AUTO_FILE FILE *in = fopen(file, "re");
	assert_non_null(in);
	char *sql = calloc(1, 1 << 20);
	assert_non_null(sql);
	size_t size = fread(sql, 1, (1 << 20) - 1, in);
	assert_true(size > 0);
	sqlite3 *db = NULL;
	char *problem = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK)
		print_error("%s: %s\n", file, problem);
	assert_null(problem);
	sqlite3_close(db);
	free(sql);
}

/* A session of the scratch folder, open for reading; NULL: nothing in it. */
static inline struct store *session(const struct scratch *s, const char *name)
{
	char path[128];
	struct error err = {0};
	struct store *store = NULL;
	snprintf(path, sizeof path, "%s/audit.db", s->path);
	unlink(path);
	assert_int_equal(store_open(path, STORE_NEW, &store, &err), OK);
	assert_int_equal(store_close(&store, &err), OK);
	if (name) {
		load(path, "base");
		load(path, name);
	}
	assert_int_equal(store_open(path, STORE_READ, &store, &err), OK);
	return store;
}

static inline void write_all(struct store *store, const struct scratch *s, const char *formats)
{
	struct error err = {0};
	if (report_write(store, s->fd, formats, NULL, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
}

/* A session with something more in its database. */
static inline struct store *session_with(const struct scratch *s, const char *name, const char *sql)
{
	struct error err = {0};
	char path[128], *problem = NULL;
	sqlite3 *db = NULL;
	struct store *store = session(s, name);
	store_abandon(&store);
	snprintf(path, sizeof path, "%s/audit.db", s->path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK)
		print_error("%s\n", problem);
	assert_null(problem);
	sqlite3_close(db);
	assert_int_equal(store_open(path, STORE_READ, &store, &err), OK);
	return store;
}

/* What pdftotext makes of the report; NULL where it is not installed. */
static inline char *pdf_text(const struct scratch *s)
{
	char command[256];
	if (system("command -v pdftotext >/dev/null") != 0) {
		print_message("pdftotext is not installed: the text of the PDF is not looked at\n");
		return NULL;
	}
	snprintf(command, sizeof command, "pdftotext -layout %s/report/report.pdf %s/text", s->path,
		 s->path);
	assert_int_equal(system(command), 0);
	size_t size;
	return scratch_get(s, "text", &size);
}

#endif
