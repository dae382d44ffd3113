/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_EVIDENCE_LINES_H
#define TESTS_UNIT_EVIDENCE_LINES_H

#include "tests/unit/direct.h"
#include "tests/unit/fake_store.h"

#include "core/text.h"
#include "ingest/ingest.h"

/* Reads lines that no chain seals: what they say becomes rows all the same. For the
 * eye they are written with ' in the place of ". */
static inline void read_lines(struct rows *r, struct slice written)
{
	AUTO_TEXT struct text text = text_make(1 << 16);
	for (size_t i = 0; i < written.size; i++)
		text_add_char(&text, written.at[i] == '\'' ? '"' : (char)written.at[i]);
	struct slice lines = text_slice(&text);
	struct error err = {0};
	struct ingest to = {.path = "evidence.ndjson"};
	uint64_t records = 0;
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "evidence.ndjson");
	store_bind_text(q, 2, "evidence");
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(r->store);
	assert_int_equal(direct_read(r->store, &to, &reader_evidence, lines, &records, &err), OK);
	uint64_t count = 0;
	for (size_t i = 0; i < lines.size; i++)
		count += lines.at[i] == '\n' || i + 1 == lines.size;
	assert_int_equal(records, count);
}

#define READ(r, lines) read_lines((r), SLICE(lines))

#endif
