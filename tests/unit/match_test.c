/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

#define LOG                                                                                        \
	"INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change)" \
	" VALUES (1, 'agent', '/log', 'applogs/1-log', 'audit', 0, 0, 9, 'appended');"

/* An entry this many milliseconds after 1004 s. */
#define ENTRY(id, ms, values)                                                                      \
	"INSERT INTO app_event (id, log, line, time_ns, text, host, dst, dport, proto, pid, disposition)" \
	" VALUES (" id ", 1, " id ", 1004000000000 + " ms " * 1000000, 'text', " values ");"

#define NAMED                                                                                      \
	FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 443, 'closed'")                        \
	"INSERT INTO name (flow, name, how, time_ns) VALUES (100, 'api.example', 'sni', 1);"

#define SLACK "UPDATE app_log SET time_slack_ns = 3600000000000;"

#define GONE ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'")

static const struct {
	const char *what, *sql, *wanted; /* outcome, attempt, entry, offset in ms; in order */
} cases[] = {
	{"by address", GONE ENTRY("1", "100", "NULL, '198.51.100.1', 443, 'tcp', 10, 'allowed'"), "confirmed|100|1|100;"},
	{"by name", GONE NAMED ENTRY("1", "-100", "'API.example', NULL, 443, 'tcp', NULL, 'allowed'"), "confirmed|100|1|-100;"},
	{"a hello that names nobody is no name", GONE NAMED "UPDATE name SET name = '', how = 'tls';"
		ENTRY("1", "0", "'', NULL, 443, 'tcp', NULL, 'allowed'"), "unobserved|-|1|-;unreported|100|-|-;"},
	{"by a lookup", GONE "INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, qname, qtype, answers, packet)"
		" VALUES (2, 1, 'c', 's', 1, 53, 'udp', 'api.example', 'A', '[\"198.51.100.1\"]', 1);"
		ENTRY("1", "0", "'api.example', NULL, NULL, NULL, NULL, 'allowed'"), "confirmed|100|1|0;"},
	{"localhost", ENTRY("1", "-3000", "'localhost', NULL, 11434, 'tcp', NULL, 'allowed'"), "confirmed|10|1|0;"},
	{"another name", GONE NAMED ENTRY("1", "0", "'pi.example', NULL, 443, 'tcp', NULL, 'allowed'"),
		"unobserved|-|1|-;unreported|100|-|-;"},
	{"another port", GONE ENTRY("1", "0", "NULL, '198.51.100.1', 80, 'tcp', NULL, 'allowed'"),
		"unobserved|-|1|-;unreported|100|-|-;"},
	{"another protocol", GONE ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'udp', NULL, 'allowed'"),
		"unobserved|-|1|-;unreported|100|-|-;"},
	{"another process", GONE ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', 11, 'allowed'"),
		"unobserved|-|1|-;unreported|100|-|-;"},
	{"at the edge of the window", GONE ENTRY("1", "5000", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'allowed'"), "confirmed|100|1|5000;"},
	{"outside of it", GONE ENTRY("1", "5001", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'allowed'"),
		"unobserved|-|1|-;unreported|100|-|-;"},
	{"somebody else's attempt is none", OTHER("33, '198.51.100.1', 443") ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'allowed'"),
		"unobserved|-|1|-;"},
	{"an attempt is for one entry", GONE ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'allowed'")
		ENTRY("2", "1", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'allowed'"), "confirmed|100|1|0;unobserved|-|2|-;"},
	{"the nearest one", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'denied'")
		"UPDATE attempt SET id = 102, time_ns = time_ns + 2000000000 WHERE id = 100;" GONE ENTRY("1", "1900", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'blocked'"),
		"confirmed|102|1|-100;unreported|100|-|-;"},
	{"a lie: blocked", GONE ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'blocked'"), "contradicted|100|1|0;"},
	{"a lie: a packet left", GONE "UPDATE attempt SET outcome = 'denied', left_machine = 1 WHERE id = 100;"
		ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'blocked'"), "contradicted|100|1|0;"},
	{"blocked it was", GONE "UPDATE attempt SET outcome = 'denied' WHERE id = 100;"
		ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'blocked'"), "confirmed|100|1|0;"},
	{"a lie: allowed", GONE "UPDATE attempt SET outcome = 'denied' WHERE id = 100;"
		ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'allowed'"), "contradicted|100|1|0;"},
	{"a guessed zone", GONE SLACK ENTRY("1", "3605000", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'allowed'"),
		"confirmed|100|1|3605000;"},
	{"outside of the guess", GONE SLACK ENTRY("1", "3605001", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'allowed'"),
		"unobserved|-|1|-;unreported|100|-|-;"},
	{"no lie by a guess", GONE SLACK ENTRY("1", "3600000", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'blocked'"),
		"unobserved|-|1|-;unreported|100|-|-;"},
	{"a lie in spite of a guess", GONE SLACK ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'blocked'"),
		"contradicted|100|1|0;"},
	{"what came in is no attempt", GONE ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'allowed'")
		"UPDATE app_event SET dir = 'in';", "unreported|100|-|-;"},
	{"seen, and not judged", GONE "UPDATE attempt SET outcome = 'denied' WHERE id = 100;"
		ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'logged'"), "confirmed|100|1|0;"},
	{"a name and its address", GONE ENTRY("1", "0", "'unheard.example', '198.51.100.1', 443, 'tcp', NULL, 'allowed'"),
		"confirmed|100|1|0;"},
	{"a log for the context only", GONE "UPDATE app_log SET role = 'context';"
		ENTRY("1", "0", "NULL, '198.51.100.1', 443, 'tcp', NULL, 'blocked'"), ""},
	{"a log that could not be read", GONE "UPDATE app_log SET problem = 'gone';", ""},
	{"packets without a process", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 443, 'closed'"), "unattributed|-|-|-;"},
};

static void entries_against_attempts(void **state)
{
	struct rows *r = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		rows_do(r, whole_session);
		rows_do(r, LOG);
		rows_do(r, cases[i].sql);
		rows_judge(r);
		const char *got = rows_get(r->store, "SELECT outcome, attempt, app_event, offset_ns / 1000000 FROM match ORDER BY rowid");
		if (strcmp(got, cases[i].wanted) != 0) {
			print_error("%s: %s\n", cases[i].what, got);
			wrong++;
		}
		rows_do(r, clean_session);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(entries_against_attempts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
