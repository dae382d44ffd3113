/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_BENCH_ROWS_H
#define TESTS_UNIT_BENCH_ROWS_H

/*
 * What a runner of benchmarks wrote, read into a store: lines of a test, or a file of
 * fixtures/bench/.
 */

#include "tests/unit/direct.h"
#include "tests/unit/fake_store.h"

#include "core/file.h"
#include "core/text.h"

static inline void bench_lines(struct rows *r, struct slice bytes)
{
	struct error err = {0};
	struct ingest to = {.path = "bench/run.ndjson"};
	uint64_t records = 0;
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, to.path);
	store_bind_text(q, 2, "benchmark");
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(r->store);
	enum status status = direct_read(r->store, &to, &reader_benchmark, bytes, &records, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
}

static inline void bench_file(const char *name, struct text *ret)
{
	struct error err = {0};
	char path[512];
	const char *root = getenv("SRCDIR");
	snprintf(path, sizeof path, "%s/fixtures/bench/%s", root ? root : ".", name);
	assert_int_equal(file_read(AT_FDCWD, path, 1 << 20, ret, &err), OK);
}

static inline void bench_fixture(struct rows *r, const char *name)
{
	AUTO_TEXT struct text whole = text_make(1 << 20);
	bench_file(name, &whole);
	bench_lines(r, text_slice(&whole));
}

#endif
