/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_SOCKET_TABLE_H
#define TESTS_UNIT_SOCKET_TABLE_H

/*
 * What a reader makes of the text of a socket table.
 */

#include "tests/unit/direct.h"
#include "tests/unit/fake_store.h"

#define SOCKETS \
	"SELECT proto, local, lport, remote, rport, state, pid, process, uid FROM v_socket ORDER BY id"
#define SKIPPED "SELECT reason, count, first_record FROM skipped ORDER BY first_record, reason"

static inline void read_table_as(struct rows *r, const struct reader *reader, const char *path, struct slice text)
{
	struct error err = {0};
	struct ingest to = {.path = path};
	uint64_t records = 0;
	rows_number(r->store, "SELECT count(*) FROM source");
	sqlite3 *db = sqlite3_db_handle(store_query(r->store, QUERY_SESSION_VALUE));
	sqlite3_exec(db, "DELETE FROM socket; DELETE FROM skipped", NULL, NULL, NULL);
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, path);
	store_bind_text(q, 2, reader->name);
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(r->store);
	assert_int_equal(direct_read(r->store, &to, reader, text, &records, &err), OK);
}

static inline void read_table(struct rows *r, const struct reader *reader, const char *text)
{
	read_table_as(r, reader, "table", slice_of_string(text));
}

/* Which reader takes a text, among all of them; NULL where none or two do. */
static inline const char *taken_by(struct slice text)
{
	const char *best = NULL;
	unsigned most = 49;
	for (size_t i = 0; readers[i]; i++) {
		unsigned sure = readers[i]->sniff(slice_part(text, 0, INPUT_SNIFF));
		assert_in_range(sure, 0, 100);
		if (sure == most)
			best = NULL;
		if (sure > most) {
			most = sure;
			best = readers[i]->name;
		}
	}
	return best;
}

static inline void assert_taken(const char *text, const char *reader)
{
	const char *taken = taken_by(slice_of_string(text));
	if (reader)
		assert_string_equal(taken ? taken : "(nobody)", reader);
	else
		assert_null(taken);
}

#endif
