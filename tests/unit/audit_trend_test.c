/* SPDX-License-Identifier: Apache-2.0 */
/* An audit beside the last ones: the reader of what was known, and what is called new. */
#include "tests/unit/direct.h"
#include "tests/unit/judge_rows.h"

#include "core/text.h"
#include "ingest/registry.h"

#define RUN(more) "{\"format\":\"airgap-verify audit\",\"version\":1,\"began_ns\":1000000000000,\"every_ns\":86400000000000,\"past\":30,\"scope\":\"host\"" more "}\n"
#define LAST ",\"last_id\":\"x\",\"last_began_ns\":1,\"last_ended_ns\":900000000000,\"last_verdict\":\"PASS\""
#define KNOWN(kind, name, value, last) "{\"known\":\"" kind "\",\"name\":\"" name "\",\"value\":\"" value "\",\"first_ns\":1,\"last_ns\":" last "}\n"
#define FACT_LINE(kind, name, value) "{\"fact\":\"" kind "\",\"name\":\"" name "\",\"value\":\"" value "\"}\n"
#define TRENDS "check_id IN (SELECT 'new_' || column1 FROM (VALUES ('destination'), ('listener'), ('extension'))) OR check_id LIKE 'changed_%'" \
	       " OR check_id IN ('coverage_worse', 'missed_audit', 'key_changed', 'clock_before', 'log_gap', 'log_between', 'audit_forgotten')"
/* as whole_session leaves them */
#define WHOLE KNOWN("coverage", "kernel", "1000", "900000000000") KNOWN("coverage", "packets", "1000", "900000000000")

static void read_lines(struct rows *r, const char *lines)
{
	struct error err = {0};
	struct ingest to = {.path = "audit.ndjson"};
	uint64_t records = 0;
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "audit.ndjson");
	store_bind_text(q, 2, "audit");
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(r->store);
	assert_int_equal(direct_read(r->store, &to, &reader_audit, slice_of_string(lines), &records, &err), OK);
}

/* The ids of what stands beside the verdict, which stays what it is. */
static void stands_beside(struct rows *r, const char *wanted)
{
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_rows(r->store, "SELECT check_id FROM finding WHERE " TRENDS " ORDER BY check_id", wanted);
	assert_rows(r->store, "SELECT count(*) FROM finding WHERE (" TRENDS ") AND effect <> 'NOTE'", "0;");
}

static void lines_become_rows(void **state)
{
	struct rows *r = *state;
	read_lines(r, RUN(LAST ",\"trouble_ns\":7,\"trouble\":\"no room\"") KNOWN("a", "b\\u0041", "c", "2") FACT_LINE("d", "e", "f")
		      "{\"log\":\"l\",\"path\":\"/l\",\"trail\":\"gap\",\"from\":5}\n"
		      "{\"piece\":\"applogs/since-1-l\",\"log\":\"l\",\"path\":\"/l.1\",\"from\":5,\"to\":9}\n"
		      "nothing\n{}\n{\"known\":\"a\"}\n{\"fact\":\"d\",\"name\":7,\"value\":\"f\"}\n{\"piece\":\"p\",\"log\":\"l\",\"path\":\"/l\",\"from\":-1,\"to\":9}\n");
	assert_rows(r->store, "SELECT began_ns, past, last, last_ended_ns, last_verdict, trouble, fingerprint FROM audit_run", "1000000000000|30|x|900000000000|PASS|no room|-;");
	assert_rows(r->store, "SELECT kind, name, value, first_ns, last_ns, record FROM audit_known", "a|bA|c|1|2|2;");
	assert_rows(r->store, "SELECT kind, name, value FROM audit_fact", "d|e|f;");
	assert_rows(r->store, "SELECT name, path, trail, from_byte FROM audit_log", "l|/l|gap|5;");
	assert_rows(r->store, "SELECT app, path, copy, role, copied_from, before_bytes, after_bytes FROM app_log", "l|/l.1|applogs/since-1-l|since|0|5|9;");
	assert_rows(r->store, "SELECT sum(count) FROM skipped", "5;");
}

static void the_first_is_compared_with_nothing(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	read_lines(r, RUN("") FACT_LINE("extension", "a", "1") FACT_LINE("program", "/p", "x"));
	stands_beside(r, "");
	assert_rows(r->store, "SELECT count(*) FROM v_audit_change", "0;");
}

static void the_same_again_is_nothing_new(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	read_lines(r, RUN(LAST ",\"last_fingerprint\":\"aa\",\"fingerprint\":\"aa\"") WHOLE KNOWN("extension", "a", "1", "900000000000")
		      KNOWN("program", "/p", "x", "500000000000") KNOWN("program", "/p", "w", "400000000000")
		      FACT_LINE("extension", "a", "1") FACT_LINE("program", "/p", "x") FACT_LINE("program", "/never-seen", "x"));
	stands_beside(r, "");
}

static void each_drift_is_told(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	read_lines(r, RUN(LAST ",\"last_fingerprint\":\"aa\",\"fingerprint\":\"bb\",\"trouble_ns\":950000000000,\"trouble\":\"no room\"")
		      KNOWN("coverage", "kernel", "1000", "900000000000") KNOWN("coverage", "gone_witness", "700", "900000000000")
		      KNOWN("program", "/p", "x", "500000000000") KNOWN("program", "/p", "w", "400000000000")
		      KNOWN("setting", "was in /s", "1", "900000000000") KNOWN("setting", "long gone in /s", "1", "800000000000")
		      FACT_LINE("extension", "new", "1") FACT_LINE("program", "/p", "w")
		      "{\"log\":\"l\",\"path\":\"/l\",\"trail\":\"missing\"}\n");
	rows_do(r, "INSERT INTO posture_item (source, record, what, subject, scope, path, state) VALUES (1, 900, 'hosts', '', 'system', '/etc/hosts', 'read');"
		   "INSERT INTO posture_listener (source, record, proto, address, reach, port, process) VALUES (1, 901, 'tcp', '0.0.0.0', 'any', 8080, 'srv'),"
		   " (1, 902, 'udp', '0.0.0.0', 'any', 40001, 'srv'), (1, 903, 'udp', '0.0.0.0', 'any', 40002, 'srv'), (1, 904, 'tcp', '127.0.0.1', 'loopback', 9, 'airgap-collect');");
	stands_beside(r, "changed_program;changed_setting;coverage_worse;key_changed;log_gap;missed_audit;new_extension;new_listener;");
	/* back to an earlier content is a change too; two high ports of one program are one place */
	assert_rows(r->store, "SELECT kind, name, value, before, change FROM v_audit_change ORDER BY kind, name",
		    "coverage|gone_witness|-|700|worse;extension|new|1|-|new;listener|tcp 0.0.0.0 port 8080 srv||-|new;listener|udp 0.0.0.0 high port srv||-|new;"
		    "program|/p|w|x|changed;setting|was in /s|-|1|gone;");
	assert_rows(r->store, "SELECT title FROM finding WHERE check_id = 'new_listener'", "2 things listen that did not before;");
	assert_rows(r->store, "SELECT title FROM finding WHERE check_id = 'changed_program'", "A program is another than before: /p;");
}

static void what_is_forgotten_is_told(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	read_lines(r, RUN(LAST ",\"forgotten\":\"it was changed\"") FACT_LINE("extension", "a", "1"));
	stands_beside(r, "audit_forgotten;");
}

static void times_are_told(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	read_lines(r, RUN(LAST) WHOLE);
	rows_do(r, "UPDATE audit_run SET began_ns = last_ended_ns + every_ns * 3 / 2;");
	stands_beside(r, "");
	rows_do(r, "UPDATE audit_run SET began_ns = began_ns + 1;");
	stands_beside(r, "missed_audit;");
	rows_do(r, "UPDATE audit_run SET began_ns = last_ended_ns - 1;");
	stands_beside(r, "clock_before;");
}

/* Spans that overlap count once, and what lies between them not at all. */
static void coverage_is_a_share(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	read_lines(r, RUN(LAST) WHOLE);
	stands_beside(r, "");
	rows_do(r, "DELETE FROM coverage; INSERT INTO coverage (witness, from_ns, to_ns, state, lost) VALUES ('kernel', 990000000000, 1006000000000, 'seeing', 0),"
		   " ('kernel', 1004000000000, 1005000000000, 'seeing', 0), ('kernel', 1005000000000, 1012000000000, 'seeing', 0),"
		   " ('packets', 990000000000, 1004000000000, 'seeing', 0), ('packets', 1003000000000, 1005000000000, 'seeing', 0),"
		   " ('packets', 1007000000000, 1009000000000, 'seeing', 0), ('packets', 1009000000000, 1010000000000, 'blind', 0);");
	assert_rows(r->store, "SELECT name, value FROM v_audit_fact WHERE kind = 'coverage' ORDER BY 1", "kernel|1000;packets|700;");
	assert_rows(r->store, "SELECT name, value, before FROM v_audit_change", "packets|700|1000;");
}

/* Of what was written before this audit, and not stopped. */
static void a_log_of_the_time_between(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	read_lines(r, RUN(LAST) WHOLE "{\"log\":\"ufw\",\"path\":\"/l\",\"trail\":\"new\"}\n{\"piece\":\"applogs/since-1-l\",\"log\":\"ufw\",\"path\":\"/l\",\"from\":0,\"to\":9}\n");
	rows_do(r, "INSERT INTO app_event (id, log, line, time_ns, text, dst, dport, disposition) SELECT 1, id, 1, 950000000000, '', '198.51.100.9', 443, 'blocked' FROM app_log;"
		   "INSERT INTO app_event (id, log, line, time_ns, text, dst, dport, disposition) SELECT 2, id, 1, 950000000000, '', '127.0.0.1', 443, 'allowed' FROM app_log;"
		   "INSERT INTO app_event (id, log, line, time_ns, text, dst, dport, disposition) SELECT 3, id, 1, 1000000000000, '', '198.51.100.9', 443, 'allowed' FROM app_log;"
		   "INSERT INTO app_event (id, log, line, time_ns, text, dst, dport, disposition, dir) SELECT 4, id, 1, 950000000000, '', '198.51.100.9', 443, 'allowed', 'in' FROM app_log;");
	stands_beside(r, "");
	rows_do(r, "INSERT INTO app_event (id, log, line, time_ns, text, dst, host, dport, disposition) SELECT 5, id, 1, 950000000000, '', '198.51.100.9', 'x.example', 443, 'allowed' FROM app_log;");
	stands_beside(r, "");
	rows_do(r, "UPDATE audit_log SET trail = 'followed';");
	stands_beside(r, "log_between;");
	assert_rows(r->store, "SELECT title FROM finding WHERE check_id = 'log_between'", "The log ufw tells of 1 connection to other machines since the last audit;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(lines_become_rows),
		rows_test(the_first_is_compared_with_nothing),
		rows_test(the_same_again_is_nothing_new),
		rows_test(each_drift_is_told),
		rows_test(what_is_forgotten_is_told),
		rows_test(times_are_told),
		rows_test(coverage_is_a_share),
		rows_test(a_log_of_the_time_between),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
