/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A host whose key signs what it likes: its databases hold what no session wrote.
 */
#include "tests/unit/fleet_hosts.h"

/* What one host makes up is no harm to the others: what is done to its database. */
static const char *const made_up[] = {
	"DROP VIEW v_finding; CREATE VIEW v_finding AS SELECT 1 AS id, '' AS severity, '' AS check_id, '' AS title, '' AS detail, '' AS evidence, "
	"NULL AS vector, '' AS remedy, '' AS effect UNION ALL SELECT 1, '', '', '', '', '', NULL, '', ''",
	"DROP VIEW v_coverage; CREATE VIEW v_coverage AS SELECT NULL AS witness, 1 AS from_ns, 2 AS to_ns, '' AS state, 0 AS lost, NULL AS source",
	"UPDATE verdict SET verdict = 'FAIL'",
	"DROP VIEW v_attempt; CREATE VIEW v_attempt AS SELECT 1 AS id",
	"PRAGMA user_version = 1",
	"DROP VIEW v_dns; CREATE VIEW v_dns AS SELECT 1 AS id, NULL AS source, 1 AS time_ns, NULL AS client, NULL AS server, 1 << 40 AS sport, "
	"NULL AS dport, NULL AS transport, NULL AS query_id, NULL AS qname, NULL AS qtype, NULL AS rcode, NULL AS answers, NULL AS dir, "
	"NULL AS in_session, NULL AS class, NULL AS vector",
};

static void check_made_up(enum engine engine)
{
	for (unsigned i = 0; i < LENGTH(made_up); i++) {
		char session[33], path[FILE_PATH_MAX];
		snprintf(session, sizeof session, "%08x%08xeeeeeeeeeeeeeeee", i, (unsigned)engine);
		make(ALPHA, ALPHA, NIGHTS + 1, session, "PASS", made_up[i], path);
		assert_int_equal(add(engine, NULL, path), 1);
		assert_int_equal(unlink(path), 0);
	}
	char good[FILE_PATH_MAX];
	make(ALPHA, ALPHA, NIGHTS + 1, engine == ENGINE_SQLITE ? "dddddddd0" : "dddddddd1", "PASS", NULL, good);
	assert_int_equal(add(engine, NULL, good), 0);
	assert_int_equal(unlink(good), 0);
}

static void made_up_on_sqlite(void **state)
{
	(void)state;
	check_made_up(ENGINE_SQLITE);
	AUTO_FREE char *refused = sqlite_says("SELECT count(*) FROM refused WHERE kind = 'database' AND host = 'alpha'");
	assert_string_equal(refused, "6\n");
	AUTO_FREE char *left = sqlite_says("SELECT count(*) FROM finding f WHERE NOT EXISTS (SELECT 1 FROM bundle b "
					   "WHERE b.host = f.host AND b.number = f.bundle)");
	assert_string_equal(left, "0\n");
}

static void made_up_on_postgresql(void **state)
{
	(void)state;
	if (!all.have_postgres)
		skip();
	check_made_up(ENGINE_POSTGRESQL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(made_up_on_sqlite),
		cmocka_unit_test(made_up_on_postgresql),
	};
	return cmocka_run_group_tests(tests, hosts_set_up, hosts_tear_down);
}
