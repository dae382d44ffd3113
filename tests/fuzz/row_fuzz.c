/* SPDX-License-Identifier: Apache-2.0 */
/* What a decoder that was taken over may send: nothing of others' changes. */
#include "tests/fuzz/fuzz_store.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const unsigned kinds[] = {ROW_WRITES_CAPTURE, ROW_WRITES_EVIDENCE, ROW_WRITES_SESSION,
					 ROW_WRITES_LOG};
	struct store *store = fuzz_store();
	struct error err = {0};
	struct cursor c = cursor_over(slice_of(data, size));
	const struct row_rights rights = {
		kinds[cursor_u8(&c) % LENGTH(kinds)], .source = 2, .app_log = 2, .flow = 2, .dns = 2,
		.attempt = 2, .process = 2};
	fuzz_require(!store_begin(store, &err), err.text);
	sqlite3 *db = fuzz_database(store);
	sqlite3_exec(db, "INSERT INTO source VALUES (1, 'a', 'b', 0, '', 0), (2, 'a', 'b', 0, '', 0)", NULL, NULL, NULL);
	if (row_apply(store, &rights, cursor_rest(&c), &(struct row_tally){0}, &err) == OK && err.status)
		abort();
	sqlite3_stmt *q = NULL;
	fuzz_require(sqlite3_prepare_v2(db,
					"SELECT (SELECT count(*) FROM flow WHERE source != 2) +"
					"(SELECT count(*) FROM skipped WHERE source != 2) +"
					"(SELECT count(*) FROM app_event WHERE log != 2) +"
					"(SELECT count(*) FROM attempt WHERE source != 2)",
					-1, &q, NULL) == SQLITE_OK &&
			     sqlite3_step(q) == SQLITE_ROW && sqlite3_column_int64(q, 0) == 0,
		     "a row of another file");
	sqlite3_finalize(q);
	fuzz_require(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK, "no rollback");
	return 0;
}
