/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

#include "analysis/match_rule.h"

#define LOG(id, more)                                                                              \
	"INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change)" \
	" VALUES (" id ", 'agent', '/log" id "', 'applogs/" id "-log', 'audit', 0, 0, 9, 'appended');" more

/* Entries and attempts this many milliseconds after 1001 s. */
#define ENTRY(id, log, ms, values)                                                                 \
	"INSERT INTO app_event (id, log, line, time_ns, text, host, dst, dport, proto, pid, disposition)" \
	" VALUES (" id ", " log ", " id ", 1001000000000 + " ms " * 1000000, 'text', " values ");"
#define TRY(id, ms, values)                                                                        \
	"INSERT INTO attempt (id, time_ns, witness, source, in_cgroup, in_tree, suite, netns, record, comm, process," \
	" in_session, call, proto, pid, dst, dport, outcome) VALUES (" id ", 1001000000000 + " ms " * 1000000, 'kernel'," \
	" 1, 1, 1, 0, 1, 50, 'agent', 1, 1, 'connect', 'tcp', " values ");"

#define SKEW "UPDATE app_event SET time_ns = time_ns + 7200000000000;"

/* Each to a port of its own: nothing to mistake. */
#define FOUR_TRIES                                                                                 \
	TRY("200", "0", "10, '198.51.100.1', 1, 'ok'") TRY("201", "1100", "10, '198.51.100.1', 2, 'ok'") \
	TRY("202", "2500", "10, '198.51.100.1', 3, 'ok'") TRY("203", "4700", "10, '198.51.100.1', 4, 'denied'")
#define FOUR_ENTRIES(last)                                                                         \
	ENTRY("1", "1", "1", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'")                      \
	ENTRY("2", "1", "1101", "NULL, '198.51.100.1', 2, 'tcp', 10, 'allowed'")                   \
	ENTRY("3", "1", "2501", "NULL, '198.51.100.1', 3, 'tcp', 10, 'allowed'")                   \
	ENTRY("4", "1", "4701", "NULL, '198.51.100.1', 4, 'tcp', 10, '" last "'")

#define NAMES                                                                                      \
	"INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, qname, qtype, answers, packet)" \
	" VALUES (2, 1, 'c', 's', 1, 53, 'udp', 'api.example', 'A', '[\"198.51.100.1\"]', 1),"      \
	" (2, 1, 'c', 's', 1, 53, 'udp', 'api.example', 'AAAA', '[\"2001:db8::1\"]', 2);"

static const struct {
	const char *what, *sql, *wanted; /* rule, attempt, entry; in order */
} cases[] = {
	{"hours off, and enough pairs", LOG("1", "") FOUR_TRIES FOUR_ENTRIES("blocked") SKEW,
		"pair|200|1;pair|201|2;pair|202|3;pair|203|4;"},
	{"hours off, and a lie", LOG("1", "") FOUR_TRIES FOUR_ENTRIES("allowed") SKEW,
		"pair|200|1;pair|201|2;pair|202|3;lie_allowed|203|4;"},
	{"hours off, and too few to tell", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'")
		TRY("201", "1100", "10, '198.51.100.1', 2, 'ok'") ENTRY("1", "1", "1", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'")
		ENTRY("2", "1", "1101", "NULL, '198.51.100.1', 2, 'tcp', 10, 'blocked'") SKEW,
		"clock_unknown|-|1;clock_unknown|-|2;silent|200|-;silent|201|-;"},
	{"one that is left out shifts nobody", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'")
		TRY("201", "1000", "10, '198.51.100.1', 1, 'ok'") TRY("202", "2000", "10, '198.51.100.1', 1, 'ok'")
		ENTRY("1", "1", "1001", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'")
		ENTRY("2", "1", "2001", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'"), "pair|201|1;pair|202|2;silent|200|-;"},
	{"nor one too many", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'")
		TRY("201", "2000", "10, '198.51.100.1', 1, 'ok'")
		ENTRY("1", "1", "1", "NULL, '198.51.100.1', 1, 'tcp', 10, 'logged'")
		ENTRY("2", "1", "1000", "NULL, '198.51.100.1', 1, 'tcp', 10, 'logged'")
		ENTRY("3", "1", "2001", "NULL, '198.51.100.1', 1, 'tcp', 10, 'logged'"), "pair|200|1;nothing_seen|-|2;pair|201|3;"},
	{"blocked before the kernel", LOG("1", "") ENTRY("1", "1", "1", "NULL, '198.51.100.1', 1, 'tcp', 10, 'blocked'"),
		"before_kernel|-|1;"},
	{"allowed, and nothing, where all is seen", LOG("1", "") FOUR_TRIES FOUR_ENTRIES("blocked")
		ENTRY("5", "1", "3000", "NULL, '198.51.100.9', 443, 'tcp', 10, 'allowed'"),
		"pair|200|1;pair|201|2;pair|202|3;lie_nothing|-|5;pair|203|4;"},
	{"where not all is seen", LOG("1", "") FOUR_TRIES FOUR_ENTRIES("blocked") "DELETE FROM canary WHERE round = 2;"
		ENTRY("5", "1", "3000", "NULL, '198.51.100.9', 443, 'tcp', 10, 'allowed'"),
		"pair|200|1;pair|201|2;pair|202|3;not_covered|-|5;pair|203|4;"},
	{"of a name that no lookup shows", LOG("1", "") FOUR_TRIES FOUR_ENTRIES("blocked")
		ENTRY("5", "1", "3000", "'api.example', NULL, 443, 'tcp', 10, 'allowed'"),
		"pair|200|1;pair|201|2;pair|202|3;nothing_seen|-|5;pair|203|4;"},
	{"of a process that is not of the session", LOG("1", "") FOUR_TRIES FOUR_ENTRIES("blocked")
		ENTRY("5", "1", "3000", "NULL, '198.51.100.9', 443, 'tcp', 77, 'allowed'"),
		"pair|200|1;pair|201|2;pair|202|3;not_watched|-|5;pair|203|4;"},
	{"before the watch", LOG("1", "") FOUR_TRIES FOUR_ENTRIES("blocked")
		ENTRY("5", "1", "-60000", "NULL, '198.51.100.9', 443, 'tcp', 10, 'allowed'"),
		"outside|-|5;pair|200|1;pair|201|2;pair|202|3;pair|203|4;"},
	{"a program by its name", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'")
		ENTRY("1", "1", "1", "NULL, '198.51.100.1', 1, 'tcp', NULL, 'blocked'") "UPDATE app_event SET process = 'Agent.exe';",
		"lie_blocked|200|1;"},
	{"by a name that nobody has", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'")
		ENTRY("1", "1", "1", "NULL, '198.51.100.1', 1, 'tcp', NULL, 'blocked'") "UPDATE app_event SET process = 'other';",
		"ambiguous|-|1;silent|200|-;"},
	{"either word is true of what was refused", LOG("1", "") FOUR_TRIES FOUR_ENTRIES("blocked")
		TRY("210", "3000", "10, '198.51.100.1', 5, 'refused'") TRY("211", "3050", "10, '198.51.100.1', 5, 'denied'")
		ENTRY("5", "1", "3051", "NULL, '198.51.100.1', 5, 'tcp', 10, 'blocked'")
		ENTRY("6", "1", "3052", "NULL, '198.51.100.1', 5, 'tcp', 10, 'allowed'"),
		"pair|200|1;pair|201|2;pair|202|3;pair|211|5;pair|210|6;pair|203|4;"},
	{"not of both", LOG("1", "") FOUR_TRIES FOUR_ENTRIES("blocked")
		TRY("210", "3000", "10, '198.51.100.1', 5, 'denied'") TRY("211", "3050", "10, '198.51.100.1', 5, 'denied'")
		ENTRY("5", "1", "3051", "NULL, '198.51.100.1', 5, 'tcp', 10, 'blocked'")
		ENTRY("6", "1", "3052", "NULL, '198.51.100.1', 5, 'tcp', 10, 'allowed'"),
		"pair|200|1;pair|201|2;pair|202|3;pair|211|5;lie_allowed|210|6;pair|203|4;"},
	{"who fails is told, who succeeds is not", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'refused'")
		TRY("201", "2200", "10, '198.51.100.1', 1, 'ok'") ENTRY("1", "1", "8", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'"),
		"pair|200|1;silent|201|-;"},
	{"where one follows the other all of them tell the clock", LOG("1", "")
		"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 11) INSERT INTO attempt (id, time_ns, witness, source,"
		" in_cgroup, in_tree, suite, netns, record, comm, process, in_session, call, proto, pid, dst, dport, outcome)"
		" SELECT 200 + i, 1001000000000 + i * i * 37000000, 'kernel', 1, 1, 1, 0, 1, 50, 'agent', 1, 1, 'connect', 'tcp', 10,"
		" '198.51.100.1', CASE i WHEN 7 THEN 2 ELSE 1 END, 'ok' FROM n;"
		"INSERT INTO app_event (id, log, line, time_ns, text, dst, dport, proto, disposition) SELECT id - 199, 1, id - 199,"
		" time_ns / 1000000000 * 1000000000, 'text', dst, dport, 'tcp', CASE dport WHEN 1 THEN 'allowed' ELSE 'blocked' END FROM attempt WHERE id >= 200;",
		"pair|200|1;pair|201|2;pair|202|3;pair|203|4;pair|204|5;pair|205|6;pair|206|7;lie_blocked|207|8;pair|208|9;pair|209|10;pair|210|11;pair|211|12;"},
	{"a retry", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'refused'") TRY("201", "900", "10, '198.51.100.1', 1, 'ok'")
		ENTRY("1", "1", "901", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'"), "pair|201|1;retry|200|1;"},
	{"a retry of somebody else", LOG("1", "") TRY("200", "0", "11, '198.51.100.1', 1, 'refused'")
		TRY("201", "900", "10, '198.51.100.1', 1, 'ok'") ENTRY("1", "1", "901", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'"),
		"pair|201|1;silent|200|-;"},
	{"one that carried something", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'reset'") TRY("201", "900", "10, '198.51.100.1', 1, 'ok'")
		"UPDATE attempt SET bytes_out = 9 WHERE id = 200;"
		ENTRY("1", "1", "901", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'"), "pair|201|1;silent|200|-;"},
	{"happy eyeballs", LOG("1", "") NAMES TRY("200", "0", "10, '2001:db8::1', 443, 'ok'") TRY("201", "250", "10, '198.51.100.1', 443, 'ok'")
		ENTRY("1", "1", "260", "NULL, '198.51.100.1', 443, 'tcp', 10, 'allowed'"), "pair|201|1;eyeballs|200|1;"},
	{"of another name", LOG("1", "") TRY("200", "0", "10, '2001:db8::1', 443, 'ok'") TRY("201", "250", "10, '198.51.100.1', 443, 'ok'")
		ENTRY("1", "1", "260", "NULL, '198.51.100.1', 443, 'tcp', 10, 'allowed'"), "pair|201|1;silent|200|-;"},
	{"later than that", LOG("1", "") NAMES TRY("200", "0", "10, '2001:db8::1', 443, 'ok'") TRY("201", "2500", "10, '198.51.100.1', 443, 'ok'")
		ENTRY("1", "1", "2510", "NULL, '198.51.100.1', 443, 'tcp', 10, 'allowed'"), "pair|201|1;silent|200|-;"},
	{"a packet that was sent again", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'denied'") "UPDATE attempt SET sport = 4000 WHERE id = 200;"
		ENTRY("1", "1", "1", "NULL, '198.51.100.1', 1, 'tcp', 10, 'blocked'") ENTRY("2", "1", "1001", "NULL, '198.51.100.1', 1, 'tcp', 10, 'blocked'")
		"UPDATE app_event SET sport = 4000;", "pair|200|1;again|200|2;"},
	{"another source port is another connection", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'")
		"UPDATE attempt SET sport = 4000 WHERE id = 200;" ENTRY("1", "1", "1", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'")
		"UPDATE app_event SET sport = 4001;", "clock_unknown|-|1;silent|200|-;"},
	{"two logs may tell of the same", LOG("1", "") LOG("2", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'")
		ENTRY("1", "1", "1", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'") ENTRY("2", "2", "2", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'"),
		"pair|200|1;pair|200|2;"},
	{"one of two is silent", LOG("1", "") LOG("2", "") FOUR_TRIES FOUR_ENTRIES("blocked")
		ENTRY("5", "2", "2", "NULL, '198.51.100.1', 1, 'tcp', 10, 'allowed'") ENTRY("6", "2", "1102", "NULL, '198.51.100.1', 2, 'tcp', 10, 'allowed'"),
		"pair|200|1;pair|201|2;pair|202|3;pair|203|4;pair|200|5;pair|201|6;silent_here|202|-;"},
	{"a sum", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'") TRY("201", "1000", "10, '198.51.100.1', 1, 'ok'")
		TRY("202", "2000", "10, '198.51.100.1', 1, 'ok'") ENTRY("1", "1", "0", "NULL, '198.51.100.1', 1, 'tcp', NULL, 'allowed'")
		"UPDATE app_event SET count = 3, until_ns = time_ns + 3000000000;", "sum|200|1;sum|201|1;sum|202|1;"},
	{"a sum of too few", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'") TRY("201", "1000", "10, '198.51.100.1', 1, 'ok'")
		ENTRY("1", "1", "0", "NULL, '198.51.100.1', 1, 'tcp', NULL, 'allowed'")
		"UPDATE app_event SET count = 1, until_ns = time_ns + 3000000000;", "sum|200|1;silent|201|-;"},
	{"and of too many", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'ok'")
		ENTRY("1", "1", "0", "NULL, '198.51.100.1', 1, 'tcp', NULL, 'allowed'")
		"UPDATE app_event SET count = 2;", "sum|200|1;sum_short|-|1;"},
	{"UDP that was pointed, and sent", LOG("1", "") TRY("200", "0", "10, '198.51.100.1', 1, 'unknown'") TRY("201", "1", "10, '198.51.100.1', 1, 'ok'")
		"UPDATE attempt SET proto = 'udp' WHERE id >= 200; UPDATE attempt SET call = 'send' WHERE id = 201;"
		ENTRY("1", "1", "0", "NULL, '198.51.100.1', 1, 'udp', 10, 'allowed'"), "pair|201|1;"},
};

static void the_rule_that_decides(void **state)
{
	struct rows *r = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		rows_do(r, whole_session);
		rows_do(r, cases[i].sql);
		rows_judge(r);
		const char *got = rows_get(r->store, "SELECT rule, attempt, app_event FROM match ORDER BY rowid");
		if (strcmp(got, cases[i].wanted) != 0) {
			print_error("%s: %s\n", cases[i].what, got);
			print_error("clock: %s\n", rows_get(r->store, "SELECT clock_state, clock_offset_ns, clock_pairs FROM app_log"));
			wrong++;
		}
		rows_do(r, clean_session);
	}
	assert_int_equal(wrong, 0);
}

/* 40 entries of a clock that is an hour ahead and gains a second in ten. */
static void a_clock_that_drifts(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, LOG("1", ""));
	rows_do(r, "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 39)"
		   " INSERT INTO attempt (id, time_ns, witness, source, in_cgroup, in_tree, suite, netns, record, comm, in_session,"
		   " call, proto, pid, dst, dport, outcome) SELECT 200 + i, 1001000000000 + i * 200000000 + i * i * 1000000, 'kernel', 1, 1, 1,"
		   " 0, 1, 50, 'agent', 1, 'connect', 'tcp', 10, '198.51.100.1', 100 + i % 20, 'ok' FROM n;"
		   "INSERT INTO app_event (log, line, time_ns, text, dst, dport, disposition)"
		   " SELECT 1, id, time_ns + 3600000000000 + (time_ns - 1001000000000) / 100, 'text', dst, dport, 'allowed' FROM attempt WHERE id >= 200;");
	rows_judge(r);
	assert_rows(r->store, "SELECT rule, count(*) FROM match GROUP BY rule", "pair|40;");
	assert_rows(r->store, "SELECT clock_state, clock_offset_ns / 100000000, clock_confidence FROM app_log", "shifted|36000|high;");
	assert_rows(r->store, "SELECT count(*) FROM match m JOIN app_event e ON e.id = m.app_event WHERE e.line <> m.attempt", "0;");
	assert_rows(r->store, "SELECT effect FROM finding WHERE check_id = 'log_clock'", "NOTE;");
}

static void rules_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < MATCH_RULES; i++) {
		assert_true(match_rules[i].id[0] && match_rules[i].outcome[0] && match_rules[i].about[0]);
		assert_ptr_equal(match_rule_find(match_rules[i].id), &match_rules[i]);
	}
	assert_null(match_rule_find("none"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(the_rule_that_decides),
		rows_test(a_clock_that_drifts),
		cmocka_unit_test(rules_are_told_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
