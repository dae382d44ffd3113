/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_POSTURE_TEXT_H
#define TESTS_UNIT_POSTURE_TEXT_H

/*
 * What a parser of settings makes of a text: rows of a store.
 */

#include "tests/unit/direct.h"
#include "tests/unit/fake_store.h"

#include "core/clock.h"
#include "ingest/posture/posture.h"

#define FACTS "SELECT name, value FROM posture_fact ORDER BY rowid"
#define DOUBTS "SELECT why FROM posture_doubt ORDER BY rowid"
#define RULES "SELECT family, verdict, scope FROM posture_rule ORDER BY place"
#define CHAINS "SELECT family, name, hook, priority, policy FROM posture_chain ORDER BY rowid"

/* Hands a text to a parser as if it stood in a record. */
static inline void read_text(struct rows *r, posture_fn *parse, const char *what, struct slice text)
{
	struct error err = {0};
	struct ingest to = {.path = "posture.ndjson", .source = 1};
	struct direct d = {r->store, {.writes = ROW_WRITES_POSTURE, .source = 1}};
	sqlite3 *db = sqlite3_db_handle(store_query(r->store, QUERY_SESSION_VALUE));
	sqlite3_exec(db,
		     "DELETE FROM posture_fact; DELETE FROM posture_doubt; DELETE FROM posture_rule;"
		     "DELETE FROM posture_chain; DELETE FROM posture_listener; DELETE FROM skipped;"
		     "INSERT OR IGNORE INTO source (id, path, reader, size, sha256) VALUES (1, 'p', 'posture', 0, '')",
		     NULL, NULL, NULL);
	to.rows = row_stream_new(direct_sink, &d);
	struct posture p = {.to = &to, .record = 1, .what = slice_of_string(what)};
	assert_int_equal(parse(&p, text, &err), OK);
	assert_int_equal(ingest_skip_finish(&to, &err), OK);
	assert_int_equal(row_flush(to.rows, &err), OK);
	row_stream_free(to.rows);
}

static inline void read_string(struct rows *r, posture_fn *parse, const char *text)
{
	read_text(r, parse, "", slice_of_string(text));
}

/* Text that nobody means well with must be read in linear time. */
static inline void read_hostile(struct rows *r, posture_fn *parse, const char *lead, const char *piece)
{
	enum { SIZE = 4 << 20 };
	AUTO_TEXT struct text text = text_make(SIZE);
	text_add_string(&text, lead);
	while (!text.overflow)
		text_add_string(&text, piece);
	int64_t before = clock_mono();
	read_text(r, parse, "", text_slice(&text));
	if (clock_mono() - before > 15 * CLOCK_SECOND)
		print_error("\"%s\" takes too long\n", piece);
	assert_true(clock_mono() - before <= 15 * CLOCK_SECOND);
}

#endif
