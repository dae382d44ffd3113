/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_FUZZ_FUZZ_STORE_H
#define TESTS_FUZZ_FUZZ_STORE_H

/*
 * One store for all runs of a fuzz target; what a run wrote is rolled
 * back behind it.
 */

#include "core/store.h"
#include "ingest/registry.h"
#include "tests/unit/direct.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline void fuzz_require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static inline sqlite3 *fuzz_database(struct store *store)
{
	return sqlite3_db_handle(store_query(store, QUERY_SESSION_VALUE));
}

/* A file that nobody else can name any more: STORE_NEW keeps no journal, so that
 * it is opened again to be written to. */
static inline struct store *fuzz_store(void)
{
	static struct store *store;
	struct error err = {0};
	char path[] = "/dev/shm/airgap-fuzz-XXXXXX";
	if (store)
		return store;
	int fd = mkstemp(path);
	fuzz_require(fd >= 0, "no /dev/shm");
	close(fd);
	bool made = !store_open(path, STORE_NEW, &store, &err) && !store_close(&store, &err) &&
		    !store_open(path, STORE_WRITE, &store, &err);
	fuzz_require(made, err.text);
	sqlite3_exec(fuzz_database(store), "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF",
		     NULL, NULL, NULL);
	unlink(path);
	return store;
}

static inline enum status fuzz_drop(void *to, struct slice batch, struct error *err)
{
	(void)to, (void)batch, (void)err;
	return OK;
}

/* Reads `input` with `reader`, up to the rows: many times faster than with a store. */
static inline void fuzz_decode(const struct reader *reader, struct slice input)
{
	static struct start start = {.flow = 1, .dns = 1, .attempt = 1, .process = 1};
	struct error err = {0};
	struct ingest to = {.path = "fuzz", .source = 1, .app_log = 1, .start = &start};
	uint64_t records = 0;
	AUTO_INPUT struct input in;
	to.rows = row_stream_new(fuzz_drop, NULL);
	input_over(input, "fuzz", &in);
	fuzz_require(!reader->read(&to, &in, &records, &err), err.text);
	fuzz_require(!ingest_skip_finish(&to, &err), err.text);
	row_stream_free(to.rows);
}

/* Reads `input` with `reader` as the file of a fresh store, and takes it all back. */
static inline void fuzz_read(const struct reader *reader, struct slice input)
{
	struct store *store = fuzz_store();
	struct error err = {0};
	struct ingest to = {.path = "fuzz"};
	uint64_t records = 0;
	fuzz_require(!store_begin(store, &err), err.text);
	sqlite3_stmt *q = store_query(store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "fuzz");
	store_bind_text(q, 2, reader->name);
	fuzz_require(!store_run(q, &err), err.text);
	to.source = store_last_id(store);
	q = store_query(store, QUERY_APP_LOG_INSERT);
	fuzz_require(!store_run(q, &err), err.text);
	to.app_log = store_last_id(store);
	/* whatever stands in a file: it is counted, and only the store may fail */
	fuzz_require(!direct_read(store, &to, reader, input, &records, &err), err.text);
	fuzz_require(sqlite3_exec(fuzz_database(store), "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK,
		     "no rollback");
}

#endif
