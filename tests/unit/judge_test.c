/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

static void a_whole_session_passes(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_rows(r->store, "SELECT effect, check_id FROM finding", "");
	assert_rows(r->store, "SELECT verdict, scope, from_ns, to_ns FROM verdict",
		    "PASS|session|1000000000000|1010000000000;");
	assert_rows(r->store, "SELECT explained FROM flow WHERE id >= 10",
		    "session;kernel housekeeping;");
	assert_rows(r->store, "SELECT witness, state FROM coverage",
		    "kernel|seeing;packets|seeing;sock_diag|seeing;");
}

/* A trace that somebody read into the database explains no packet, and is of no session. */
static void a_trace_explains_nothing(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, FLOW("'out', 'tcp', '192.0.2.1', 40009, '203.0.113.9', 443, 'closed'"));
	rows_do(r, "INSERT INTO source (id, path, reader, size, sha256) VALUES (4, 'a.etl', 'etl', 1, '');"
		   "INSERT INTO attempt (id, time_ns, witness, source, in_cgroup, in_tree, suite, record, pid, comm,"
		   " in_session, call, proto, src, sport, dst, dport, outcome) VALUES (100, 1004000000000, 'etw', 4, 0, 0, 0,"
		   " 1, 20, 'a.exe', 0, 'connect', 'tcp', '192.0.2.1', 40009, '203.0.113.9', 443, 'ok'),"
		   " (101, 1004000000000, 'etw', 4, 0, 0, 0, 2, 20, 'a.exe', 0, 'recv', 'udp', '192.0.2.1', 5, '203.0.113.9', 6, 'ok');");
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	assert_rows(r->store, "SELECT effect, check_id FROM finding ORDER BY 2",
		    "INCONCLUSIVE|local_peer;NOTE|other_egress;INCONCLUSIVE|unattributed;");
	assert_rows(r->store, "SELECT attempt, explained FROM flow WHERE id = 100", "-|-;");
	assert_rows(r->store, "SELECT id, leaves FROM attempt WHERE source = 4", "100|1;101|0;");
}

/* What the policy says of the application's log holds of its witness too, and one without a log saw nothing:
 * judged again with a log or by another policy, it is told anew. */
static void the_witness_of_the_log_is_told(void **state)
{
	static const char given[] = "INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change, lines, unread)"
				    " VALUES (1, 'agent', '/log', 'applogs/1-log', 'audit', 0, 0, 9, 'appended', 0, 0);";
	static const char told[] = "SELECT required, state, detail, remedy FROM witness WHERE name = 'applog'";
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, "INSERT INTO witness (name, state, canaries, detail, remedy) VALUES ('applog', 'on', 0, '', '');"
		   "INSERT INTO session (name, value) VALUES ('policy', '[policy]' || char(10) || 'app_log = required' || char(10))");
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	assert_rows(r->store, told, "1|missing|no log was given|name the log with --app-log FILE;");
	rows_do(r, given);
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_rows(r->store, told, "1|on||;");
	rows_do(r, "DELETE FROM app_log; UPDATE session SET value = '' WHERE name = 'policy'");
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_rows(r->store, told, "0|missing|no log was given|;");
}

/* A trace alone shows no session. */
static void a_trace_alone_is_no_session(void **state)
{
	struct rows *r = *state;
	rows_do(r, "INSERT INTO source (id, path, reader, size, sha256) VALUES (4, 'a.etl', 'etl', 1, '');"
		   "INSERT INTO attempt (id, time_ns, witness, source, in_cgroup, in_tree, suite, record, pid,"
		   " in_session, call, proto, dst, dport, outcome) VALUES (100, 1004000000000, 'etw', 4, 0, 0, 0,"
		   " 1, 20, 0, 'connect', 'tcp', '203.0.113.9', 443, 'ok');"
		   "INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, qname, qtype, answers, packet)"
		   " VALUES (4, 1004000000000, '', '', 0, 0, 'client', 'example.net', 'A', '[\"203.0.113.9\"]', 1);");
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	assert_true(rows_number(r->store, "SELECT count(*) FROM finding WHERE check_id = 'no_session'") == 1);
}

/* Each of them is needed: without it the verdict must not be PASS. */
static const char *const ingredients[] = {
	"DELETE FROM session WHERE name = 'watch_from_ns'",
	"DELETE FROM session WHERE name = 'close_reason'",
	"UPDATE session SET value = 'evidence could not be written' WHERE name = 'close_reason'",
	"UPDATE session SET value = 'the program that was to judge it went away' WHERE name = 'close_reason'",
	"UPDATE session SET value = 'not executed' WHERE name = 'command_state'",
	"DELETE FROM checkpoint",
	"UPDATE checkpoint SET closed = 0",
	"UPDATE checkpoint SET problem = 'a line was changed'",
	"DELETE FROM witness WHERE name = 'kernel'",
	"DELETE FROM witness WHERE name = 'packets'",
	"UPDATE witness SET state = 'missing' WHERE name = 'kernel'",
	"UPDATE witness SET state = 'missing' WHERE name = 'packets'",
	"UPDATE witness SET state = 'died' WHERE name = 'kernel'",
	"UPDATE witness SET state = 'died' WHERE name = 'packets'",
	"UPDATE witness SET state = 'odd' WHERE name = 'packets'",
	"DELETE FROM witness_part WHERE part = 'syscall'",
	"UPDATE witness_part SET state = 'missing' WHERE part = 'syscall'",
	"DELETE FROM attempt WHERE id = 1",
	"DELETE FROM attempt WHERE id = 2",
	"DELETE FROM attempt WHERE id = 3",
	"DELETE FROM attempt WHERE id = 4",
	"UPDATE attempt SET time_ns = time_ns + 2000000000 WHERE id = 3",
	"UPDATE attempt SET suite = 0 WHERE id = 1",
	"DELETE FROM flow WHERE id = 1",
	"DELETE FROM flow WHERE id = 2",
	"DELETE FROM flow WHERE id = 3",
	"DELETE FROM flow WHERE id = 4",
	"UPDATE flow SET sport = sport + 1 WHERE id = 3",
	"UPDATE flow SET first_ns = first_ns - 2000000000 WHERE id = 3",
	"DELETE FROM canary WHERE round = 1",
	"DELETE FROM canary WHERE round = 2",
	"DELETE FROM canary",
	"UPDATE canary SET time_ns = time_ns - 5000000000, end_ns = end_ns - 5000000000 WHERE round = 2",
	"UPDATE canary SET time_ns = time_ns + 5000000000, end_ns = end_ns + 5000000000 WHERE round = 1",
	"UPDATE loss SET lost = 1 WHERE witness = 'kernel' AND time_ns > 1000000000000",
	"UPDATE loss SET lost = 7 WHERE witness = 'packets' AND time_ns > 1000000000000",
	"DELETE FROM loss WHERE witness = 'kernel'",
	"DELETE FROM loss WHERE witness = 'packets'",
	"INSERT INTO left_process VALUES (12, 'daemon')",
	"INSERT INTO skipped VALUES (1, 'a record of an unknown kind', 1, 7, '{}')",
	"INSERT INTO skipped VALUES (2, 'a tunnel: what is inside it is not read', 1, 7, '00')",
	"DELETE FROM flow WHERE id = 11;"
	FLOW("'out', 'udp', '192.0.2.1', 5000, '198.51.100.1', 443, 'one_way'"),
	FLOW("NULL, 'ip proto 200', '192.0.2.1', NULL, '198.51.100.1', NULL, 'one_way'"),
	FLOW("'out', 'udp', '192.0.2.1', 5000, '198.51.100.53', 53, 'answered'")
	"INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, qname, flow, dir, packet)"
	" VALUES (2, 1004000001000, '192.0.2.1', '198.51.100.53', 5000, 53, 'udp', 'a.example', 100, 'out', 50)",
	FACT("policy", "[policy]\nrequired = kernel, packets, tools\n"),
	FACT("policy", "[policy]\napp_log = required\n"),
};

static void without_any_one_thing_it_never_passes(void **state)
{
	struct rows *r = *state;
	unsigned passed = 0;
	rows_do(r, whole_session);
	for (size_t i = 0; i < LENGTH(ingredients); i++) {
		rows_do(r, ingredients[i]);
		if (rows_judge(r) == VERDICT_PASS) {
			print_error("PASS in spite of: %s\n", ingredients[i]);
			passed++;
		}
		/* judge() has a transaction of its own: everything is put back by hand */
		rows_do(r, clean_session);
		rows_do(r, whole_session);
	}
	assert_int_equal(passed, 0);
	assert_int_equal(rows_judge(r), VERDICT_PASS);
}

static void judging_twice_is_judging_once(void **state)
{
	static const char everything[] =
		"SELECT * FROM finding UNION ALL SELECT 0, verdict, scope, summary, from_ns, to_ns, 0, 0, 0 "
		"FROM verdict UNION ALL SELECT id, class, vector, leaves, allowed, 0, 0, 0, 0 FROM attempt "
		"UNION ALL SELECT id, class, vector, attempt, explained, 0, 0, 0, 0 FROM flow "
		"UNION ALL SELECT 0, witness, from_ns, to_ns, state, lost, 0, 0, 0 FROM coverage "
		"UNION ALL SELECT canary, witness, 0, 0, 0, 0, 0, 0, 0 FROM canary_seen "
		"UNION ALL SELECT 0, outcome, attempt, flow, app_event, offset_ns, 0, 0, 0 FROM match "
		"UNION ALL SELECT 0, name, state, canaries, required, detail, 0, 0, 0 FROM witness "
		"UNION ALL SELECT 0, name, value, 0, 0, 0, 0, 0, 0 FROM session";
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'")
		   FLOW("'out', 'tcp', '192.0.2.1', 5000, '198.51.100.1', 443, 'closed'"));
	assert_int_equal(rows_judge(r), VERDICT_FAIL);
	char *first = strdup(rows_get(r->store, everything));
	assert_int_equal(rows_judge(r), VERDICT_FAIL);
	assert_string_equal(rows_get(r->store, everything), first);
	free(first);
}

static void a_policy_that_is_handed_in_counts(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct policy *p = calloc(1, sizeof *p);
	enum verdict v;
	rows_do(r, whole_session);
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'")
		   FLOW("'out', 'tcp', '192.0.2.1', 5000, '198.51.100.1', 443, 'closed'"));
	assert_int_equal(policy_parse("[allow 198.51.100.0/24:443/tcp]\nreason = ours\n", "p", p, &err), OK);
	assert_int_equal(judge(r->store, p, &v, &err), OK);
	assert_int_equal(v, VERDICT_PASS);
	assert_rows(r->store, "SELECT effect, check_id FROM finding", "NOTE|allowed;");
	assert_contains(rows_get(r->store, "SELECT summary FROM verdict"), "except to destinations");
	/* the session's own, which stands in the store, is another one */
	assert_int_equal(rows_judge(r), VERDICT_FAIL);
	free(p);
}

static void a_policy_that_cannot_be_read_is_an_error(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	enum verdict v;
	rows_do(r, whole_session);
	rows_do(r, FACT("policy", "[policy]\nrequired = nobody\n"));
	assert_int_equal(judge(r->store, NULL, &v, &err), ERR_CONFIG);
	assert_contains(err.text, "the policy of the session");
}

static void an_empty_store_proves_nothing(void **state)
{
	struct rows *r = *state;
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	assert_contains(rows_get(r->store, "SELECT check_id FROM finding"), "no_session;");
}

static void the_verdict_in_words(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_judge(r);
	assert_rows(r->store, "SELECT summary FROM verdict",
		    "Nothing that the session did left this machine: 2 local connections, no other "
		    "attempt to reach another machine, and every required witness saw all of it.;");
	rows_do(r, FACT("scope", "host"));
	rows_judge(r);
	assert_contains(rows_get(r->store, "SELECT scope, summary FROM verdict"),
			"host|Nothing that this machine did");
	rows_do(r, FACT("scope", "session") "UPDATE witness SET state = 'died' WHERE name = 'kernel'");
	rows_judge(r);
	assert_contains(rows_get(r->store, "SELECT summary FROM verdict"),
			"No egress was seen, but that nothing left is not proven. A required witness was "
			"missing: kernel");
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'denied'"));
	rows_judge(r);
	assert_contains(rows_get(r->store, "SELECT summary FROM verdict"), "Not air-gapped: it was tried, and stopped");
	rows_do(r, "UPDATE attempt SET outcome = 'ok' WHERE id = 100");
	rows_judge(r);
	assert_contains(rows_get(r->store, "SELECT summary FROM verdict"), "Not air-gapped. An attempt");
	assert_string_equal(verdict_name(VERDICT_INCONCLUSIVE), "INCONCLUSIVE");
}

/* Where nothing could leave, that is what is shown; what was tried is known from the kernel alone. */
static void an_isolated_session_says_what_it_proves(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, ISOLATED);
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_contains(rows_get(r->store, "SELECT summary FROM verdict"), "no other attempt to reach another machine");
	rows_do(r, "UPDATE witness SET state = 'missing' WHERE name IN ('kernel', 'packets');"
		   "DELETE FROM attempt; DELETE FROM flow");
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	const char *summary = rows_get(r->store, "SELECT summary FROM verdict");
	assert_contains(summary, "could leave this machine");
	assert_contains(summary, "no connections were carried");
	assert_contains(summary, "not witnessed");
	rows_do(r, "INSERT INTO witness (name, state, canaries, detail, remedy) VALUES ('seccomp', 'on', 1, '', '');");
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_contains(rows_get(r->store, "SELECT summary FROM verdict"), "no attempts to reach another machine");
	rows_do(r, "DELETE FROM witness WHERE name = 'seccomp';" CARRIED_OUT);
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	rows_do(r, FACT("policy", "[isolate]\ncarry = 127.0.0.1:11434\n"));
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_contains(rows_get(r->store, "SELECT summary FROM verdict"), "1 connection was carried");
	/* who asks for other witnesses gets them judged */
	rows_do(r, FACT("policy", "[policy]\nrequired = kernel, isolation\n[isolate]\ncarry = 11434\n"));
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	rows_do(r, FACT("policy", "") "DELETE FROM carried; UPDATE isolation_look SET held = 0 WHERE round = 2");
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	assert_string_equal(rows_get(r->store, "SELECT group_concat(check_id) FROM finding WHERE effect = 'INCONCLUSIVE'"), "witness_blind;");
	rows_do(r, "UPDATE isolation_look SET held = 1; UPDATE witness SET state = 'died' WHERE name = 'isolation'");
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
}

/* What was stopped and only noted is no reason to say that there was nothing. */
static void what_was_stopped_is_told(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'denied'")
			   FACT("policy", "[policy]\nstopped_attempts = note\n"));
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	const char *summary = rows_get(r->store, "SELECT summary FROM verdict");
	assert_contains(summary, "1 attempt that was stopped");
}

/* What the documents say of the site is that of the policy that counted last. */
static void the_site_is_kept_with_the_session(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, FACT("policy", "[policy]\npaper = letter\nretention = 10 years\n[organisation]\nname = A & B\nunit = x = y\nmarking = CUI\n"));
	rows_judge(r);
	assert_rows(r->store, "SELECT name, value FROM session WHERE name LIKE 'policy_organi%' OR name IN ('policy_marking', 'policy_paper', 'policy_retention_years') ORDER BY name",
		    "policy_marking|CUI;policy_organisation|name = A & B\nunit = x = y\nmarking = CUI\n;policy_paper|letter;policy_retention_years|10;");
	rows_do(r, FACT("policy", "[organisation]\nname = C\n"));
	rows_judge(r);
	assert_rows(r->store, "SELECT name, value FROM session WHERE name LIKE 'policy_organi%' OR name IN ('policy_marking', 'policy_paper', 'policy_retention_years') ORDER BY name",
		    "policy_marking|;policy_organisation|name = C\n;policy_paper|a4;policy_retention_years|6;");
}

/* A redacted copy bears what it is on every page, whatever else the site wants there. */
static void a_copy_is_marked(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, FACT("derived_from", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
	rows_judge(r);
	assert_rows(r->store, "SELECT value FROM session WHERE name = 'policy_marking'", "REDACTED COPY, derived from 0123456789ab;");
	rows_do(r, FACT("policy", "[organisation]\nmarking = CUI\n"));
	rows_judge(r);
	assert_rows(r->store, "SELECT value FROM session WHERE name = 'policy_marking'", "CUI - REDACTED COPY, derived from 0123456789ab;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(a_whole_session_passes),
		rows_test(a_trace_explains_nothing),
		rows_test(the_witness_of_the_log_is_told),
		rows_test(a_trace_alone_is_no_session),
		rows_test(without_any_one_thing_it_never_passes),
		rows_test(judging_twice_is_judging_once),
		rows_test(a_policy_that_is_handed_in_counts),
		rows_test(a_policy_that_cannot_be_read_is_an_error),
		rows_test(an_empty_store_proves_nothing),
		rows_test(the_verdict_in_words),
		rows_test(what_was_stopped_is_told), rows_test(an_isolated_session_says_what_it_proves),
		rows_test(the_site_is_kept_with_the_session),
		rows_test(a_copy_is_marked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
