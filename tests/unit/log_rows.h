/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_LOG_ROWS_H
#define TESTS_UNIT_LOG_ROWS_H

/*
 * What a reader makes of the bytes of a log, and which reader takes them.
 */

#include "tests/unit/socket_table.h"

#include "ingest/described.h"
#include "ingest/descriptions.h"

#define COUNTS "SELECT lines, events, other, unread FROM app_log"
#define ENTRIES \
	"SELECT line, time_ns / 1000000, process, pid, host, dst, dport, proto, disposition, src, sport, dir FROM app_event " \
	"ORDER BY id"

/* Of the session only what stands in the bytes from `from` to `to`; 0, 0: all. */
static inline void read_log_part(struct rows *r, const struct reader *reader, struct slice bytes, uint64_t from,
				 uint64_t to)
{
	struct error err = {0};
	struct ingest i = {.path = "log", .from_byte = from, .to_byte = to};
	uint64_t records = 0;
	sqlite3 *db = sqlite3_db_handle(store_query(r->store, QUERY_SESSION_VALUE));
	sqlite3_exec(db, "DELETE FROM app_event; DELETE FROM app_log; DELETE FROM skipped; DELETE FROM source", NULL, NULL, NULL);
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "log");
	store_bind_text(q, 2, reader->name);
	assert_int_equal(store_run(q, &err), OK);
	i.source = store_last_id(r->store);
	assert_int_equal(store_run(store_query(r->store, QUERY_APP_LOG_INSERT), &err), OK);
	i.app_log = store_last_id(r->store);
	assert_int_equal(direct_read(r->store, &i, reader, bytes, &records, &err), OK);
}

static inline void read_log_bytes(struct rows *r, const struct reader *reader, struct slice bytes)
{
	read_log_part(r, reader, bytes, 0, 0);
}

static inline void read_log_text(struct rows *r, const struct reader *reader, const char *text)
{
	read_log_bytes(r, reader, slice_of_string(text));
}

/* No description is as sure of it as the reader that is to take it. */
static inline void assert_log_taken(struct slice text, const char *reader)
{
	static struct start start;
	unsigned most = 0;
	const char *taken = taken_by(text);
	assert_string_equal(taken ? taken : "(nobody)", reader);
	for (size_t i = 0; readers[i]; i++)
		if (!strcmp(readers[i]->name, reader))
			most = readers[i]->sniff(slice_part(text, 0, INPUT_SNIFF));
	zone_unknown(&start.zone);
	struct descriptions *all = descriptions_new();
	for (size_t i = 0; i < descriptions_count(all); i++)
		assert_true(described_sniff(descriptions_at(all, i), &start, slice_part(text, 0, INPUT_SNIFF)) < most);
	descriptions_free(all);
}

#endif
