/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recorded inputs against the rows they must become: fixtures/NAME in, what
 * tests/golden/NAME.txt holds out. GOLDEN=write writes the dumps anew.
 */
#include "tests/unit/test.h"

#include "core/file.h"
#include "core/store.h"
#include "ingest/ingest.h"

enum { DUMP_MAX = 1 << 20 };

static const char *const dumps[] = {
	"SELECT 'flow', proto, src, sport, dst, dport, packets_out, packets_in, bytes_out, bytes_in,"
	" state, dir, app FROM v_flow ORDER BY id",
	"SELECT 'dns', client, server, dport, transport, query_id, qname, qtype, rcode, answers, dir"
	" FROM v_dns ORDER BY id",
	"SELECT 'name', flow_id, name, how, detail FROM v_name ORDER BY id",
	"SELECT 'skipped', reason, count, first_record FROM skipped ORDER BY reason",
};

static void add_rows(sqlite3 *db, const char *sql, struct text *ret)
{
	sqlite3_stmt *q = NULL;
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
	while (sqlite3_step(q) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(q); i++) {
			const unsigned char *value = sqlite3_column_text(q, i);
			text_add_string(ret, value ? (const char *)value : "-");
			text_add_char(ret, i + 1 < sqlite3_column_count(q) ? ' ' : '\n');
		}
	sqlite3_finalize(q);
}

static void dump(const char *path, struct text *ret)
{
	struct error err = {0};
	struct store *store = NULL;
	struct ingest_result result;
	assert_int_equal(store_open(":memory:", STORE_NEW, &store, &err), OK);
	assert_int_equal(store_begin(store, &err), OK);
	enum status status = ingest_file(store, AT_FDCWD, path, &(struct ingest_options){0}, &result, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
	sqlite3 *db = sqlite3_db_handle(store_query(store, QUERY_SESSION_VALUE));
	for (size_t i = 0; i < LENGTH(dumps); i++)
		add_rows(db, dumps[i], ret);
	store_abandon(&store);
}

static void compare(const char *name)
{
	const char *srcdir = getenv("SRCDIR"), *mode = getenv("GOLDEN");
	char input[4096], wanted[4096];
	struct error err = {0};
	AUTO_TEXT struct text got = text_make(DUMP_MAX), known = text_make(DUMP_MAX);
	snprintf(input, sizeof input, "%s/fixtures/%s", srcdir ? srcdir : ".", name);
	snprintf(wanted, sizeof wanted, "%s/tests/golden/%s.txt", srcdir ? srcdir : ".", name);
	dump(input, &got);
	if (mode && !strcmp(mode, "write"))
		assert_int_equal(file_write(AT_FDCWD, wanted, text_slice(&got), &err), OK);
	assert_int_equal(file_read(AT_FDCWD, wanted, DUMP_MAX, &known, &err), OK);
	assert_string_equal(text_string(&got), text_string(&known));
}

static void a_lookup(void **state)
{
	(void)state;
	compare("lab-dns.pcapng");
}

static void a_connection_over_ipv6(void **state)
{
	(void)state;
	compare("lab-ipv6.pcapng");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lookup),
		cmocka_unit_test(a_connection_over_ipv6),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
