/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

#include "analysis/verdict.h"
#include "core/file.h"

enum { DOCUMENT_MAX = 1 << 20 };

#define OUT "1, 'connect', 'tcp', '198.51.100.1', 443, "
#define POLICY(text) FACT("policy", text)
#define NOTED POLICY("[policy]\nstopped_attempts = note\n")
#define ALLOW POLICY("[allow 198.51.100.1]\nreason = ours\n")
/* an isolated session asks for nothing else by default */
#define REQUIRED POLICY("[policy]\nrequired = kernel, packets, isolation\n")
#define CARRIED FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 443, 'closed'")
#define LOG(change, problem, more)                                                                 \
	"INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change, problem)" \
	" VALUES (1, 'agent', '/log', 'applogs/1-log', 'audit', 0, 0, 9, '" change "', " problem ");" more
#define ENTRY(id, time, port, says)                                                                \
	"INSERT INTO app_event (id, log, line, time_ns, text, dst, dport, disposition) VALUES (" id ", 1, " id ", " time \
	", 'text', '127.0.0.1', " port ", '" says "');"
#define LOCAL(id, time, port)                                                                      \
	"INSERT INTO attempt (id, time_ns, witness, source, in_cgroup, in_tree, suite, netns, record, pid, comm, in_session, call," \
	" proto, dst, dport, outcome) VALUES (" id ", " time ", 'kernel', 1, 1, 1, 0, 1, 50, 10, 'agent', 1, 'connect', 'tcp'," \
	" '127.0.0.1', " port ", 'ok');"
#define SEEN(moment, user)                                                                         \
	"INSERT INTO socket (time_ns, witness, moment, source, record, cookie, proto, state, uid, local, lport, remote, rport)" \
	" VALUES (1004000000000, 'sock_diag', '" moment "', 1, 32, 99, 'tcp', 'ESTAB', " user ", '192.0.2.1', 50100, '198.51.100.1', 443);"
#define DNS(id, way, flow)                                                                         \
	"INSERT INTO dns (id, source, time_ns, client, server, sport, dport, transport, qname, flow, dir, packet)" \
	" VALUES (" id ", 2, 1004" id "000000, 'c', 's', 5000, 53, 'udp', 'a.example', " flow ", '" way "', 60);"
#define CLIENT(id, server, own)                                                                    \
	"INSERT INTO dns (id, source, time_ns, client, server, sport, dport, transport, qname, packet, pid, in_session)" \
	" VALUES (" id ", 1, 100400" id "000000, '', '" server "', 0, 0, 'client', 'build', 60, 10, " own ");"
#define CARRIER                                                                                    \
	SOCKET("'tcp', 'ESTAB', 1000, '192.0.2.1', 50022, '198.51.100.22', 22")                     \
	FLOW("'out', 'tcp', '192.0.2.1', 50022, '198.51.100.22', 22, 'midstream'")

#define AUDIT(more, value)                                                                         \
	"INSERT INTO source (id, path, reader, size, sha256) VALUES (9, 'audit.ndjson', 'audit', 1, '');" \
	"INSERT INTO audit_run (source, began_ns, every_ns, past, scope, last, last_began_ns, last_ended_ns, last_verdict" more \
	") VALUES (9, 1000000000000, 86400000000000, 30, 'host', 'x', 1, 999000000000, 'PASS'" value ");"
#define KNOWN(kind, name, value)                                                                   \
	AUDIT("", "") "INSERT INTO audit_known (source, record, kind, name, value, first_ns, last_ns)" \
	" VALUES (9, 2, '" kind "', '" name "', '" value "', 999000000000, 999000000000);"
#define AUDIT_FACT(kind, name, value)                                                              \
	"INSERT INTO audit_fact (source, record, kind, name, value) VALUES (9, 3, '" kind "', '" name "', '" value "');"
#define LATER(state) "INSERT INTO later_process VALUES (1001000000000, 31, 'app', '/opt/app', 'exe', '" state "');"
#define POSTURE "INSERT INTO posture_item (source, record, what, subject, scope, path, state) VALUES (9, 1, 'hosts', '', 'system', '/etc/hosts', 'read');"

/* What leads to a finding, and to no other that does more. */
static const struct {
	const char *check;
	enum finding_kind kind;
	const char *sql;
} situations[] = {
	{"egress", FINDING_FAIL, ATTEMPT(OUT "'ok'") CARRIED},
	{"egress", FINDING_NOTE, ATTEMPT(OUT "'denied'") NOTED},
	{"passed_socket", FINDING_FAIL, EGRESS("7, 'udp', '192.0.2.1', 5000, '198.51.100.1', 443, 1, NULL")},
	{"name_leak", FINDING_FAIL, ATTEMPT("1, 'sendto', 'udp', '198.51.100.53', 53, 'ok'")},
	{"name_leak", FINDING_NOTE, ATTEMPT("1, 'sendto', 'udp', '198.51.100.53', 53, 'denied'") NOTED},
	{"name_forwarded", FINDING_FAIL, DNS("201", "local", "10") DNS("202", "out", "11")},
	{"name_resolver", FINDING_FAIL, CLIENT("201", "", "1") CLIENT("202", "198.51.100.53", "0")},
	{"service_peer", FINDING_OPEN, OTHER("1000, '198.51.100.1', 443") "UPDATE attempt SET witness = 'etw' WHERE id = 101;"},
	{"isolation", FINDING_OPEN, ISOLATED REQUIRED "UPDATE isolation_proof SET held = 0;"},
	{"isolation_open", FINDING_OPEN, ISOLATED REQUIRED OPEN_SOCKET("/home/a/socket", "kept")},
	{"isolation_open", FINDING_NOTE, ISOLATED REQUIRED OPEN_SOCKET("/home/a/socket", "came up")},
	{"carried", FINDING_OPEN, ISOLATED UNWATCHED CARRIED_OUT "DELETE FROM attempt; DELETE FROM flow;"},
	{"carried", FINDING_NOTE, ISOLATED REQUIRED CARRIED_OUT},
	{"polling", FINDING_OPEN, POLICY("[policy]\nrequired = sock_diag\n")},
	{"no_processes", FINDING_OPEN, POLICY("[policy]\nrequired = kernel, packets, etw\n") "DELETE FROM process;"
		"INSERT INTO witness (name, state, canaries, detail, remedy) VALUES ('etw', 'on', 1, '', '');"},
	{"no_processes", FINDING_OPEN, FACT("watched_pid", "99999999") "UPDATE process SET in_cgroup = 0, in_tree = 0;"},
	{"log_contradicted", FINDING_FAIL, LOG("appended", "NULL", ENTRY("1", "1001000001000", "11434", "blocked"))},
	{"log_time", FINDING_OPEN, LOG("appended", "NULL", ENTRY("1", "1061000001000", "11434", "allowed"))
		"UPDATE app_log SET time_slack_ns = 3600000000000, zone = 'UTC', zone_why = 'a guess';"},
	{"log_clock", FINDING_OPEN, LOG("appended", "NULL", ENTRY("1", "8201000001000", "11434", "logged"))},
	{"log_clock", FINDING_NOTE, LOG("appended", "NULL", LOCAL("200", "1001000000000", "1") LOCAL("201", "1002100000000", "2")
		LOCAL("202", "1004700000000", "3") ENTRY("1", "8201000000000", "1", "allowed") ENTRY("2", "8202100000000", "2", "allowed")
		ENTRY("3", "8204700000000", "3", "allowed"))},
	{"no_session", FINDING_OPEN, "DELETE FROM session WHERE name = 'watch_from_ns';"},
	{"not_executed", FINDING_OPEN, FACT("command_state", "not executed")},
	{"evidence_open", FINDING_OPEN, "UPDATE checkpoint SET closed = 0;"},
	{"second_place", FINDING_OPEN, "INSERT INTO witness_part VALUES ('head', 'journald', 'died', 'no such socket');"},
	{"second_place", FINDING_NOTE, "INSERT INTO witness_part VALUES ('head', 'journald', 'on', 'the user of the session can change it');"},
	{"capture_file", FINDING_OPEN, "INSERT INTO capture_file VALUES (2, 1, 3, 2, 'capture-2.pcapng', 9, 'bb');"},
	{"unattributed", FINDING_OPEN, FLOW("'out', 'udp', '192.0.2.1', 5000, '198.51.100.1', 443, 'one_way'")},
	{"packetless", FINDING_OPEN, ATTEMPT(OUT "'ok'") ALLOW},
	{"unopened_socket", FINDING_OPEN, SEEN("during", "1000")},
	{"unopened_socket", FINDING_NOTE, SEEN("during", "33")},
	{"unseen_socket", FINDING_OPEN, SEEN("destroyed", "1000")},
	{"unseen_socket", FINDING_NOTE, SEEN("destroyed", "33")},
	{"tree_hole", FINDING_OPEN, "INSERT INTO process (pid, uid, in_cgroup, in_tree, first_ns) VALUES (30, 1000, 0, 1, 1001000000000);"},
	{"tree_hole", FINDING_NOTE, "INSERT INTO process (pid, uid, in_cgroup, in_tree, first_ns) VALUES (30, 1000, 1, 1, 1001000000000);"},
	{"special_socket", FINDING_OPEN, ATTEMPT("1, 'socket', 'packet', NULL, NULL, 'ok'")},
	{"special_socket", FINDING_NOTE, ATTEMPT("1, 'socket', 'icmp', NULL, NULL, 'ok'")},
	{"unknown_destination", FINDING_OPEN, ATTEMPT("1, 'send', 'icmp', NULL, NULL, 'denied'")},
	{"inherited", FINDING_OPEN, ATTEMPT("1, 'inherited', 'tcp', '198.51.100.1', 443, 'ok'")},
	{"inherited", FINDING_NOTE, ATTEMPT("1, 'inherited', 'tcp', '198.51.100.1', 443, 'ok'")
		"INSERT INTO witness_part VALUES ('kernel', 'send', 'on', '');"},
	{"name_proxy", FINDING_OPEN, ATTEMPT("1, 'connect', 'unix', '/run/nscd/socket', NULL, 'ok'") DNS("202", "out", "11")},
	{"unix_peer", FINDING_OPEN, ATTEMPT("1, 'connect', 'unix', '/run/docker.sock', NULL, 'ok'") OTHER("0, '198.51.100.1', 443")},
	{"unix_peer", FINDING_NOTE, ATTEMPT("1, 'connect', 'unix', '/run/docker.sock', NULL, 'ok'")},
	{"local_peer", FINDING_OPEN, OTHER("998, '198.51.100.1', 443")},
	{"older_socket", FINDING_OPEN, CARRIER FACT("scope", "host")},
	{"network_file", FINDING_OPEN, SOCKET("'tcp', 'ESTAB', 0, '192.0.2.1', 700, '10.0.0.5', 2049")
		FLOW("'out', 'tcp', '192.0.2.1', 700, '10.0.0.5', 2049, 'midstream'")},
	{"later_process", FINDING_OPEN, LATER("late")},
	{"later_process", FINDING_NOTE, LATER("followed")},
	{"left_running", FINDING_OPEN, "INSERT INTO left_process VALUES (12, 'daemon');"},
	{"left_running", FINDING_NOTE, FACT("close_reason", "the time was up") "INSERT INTO left_process VALUES (12, 'daemon');"},
	{"unfinished", FINDING_OPEN, FACT("close_reason", "evidence could not be written")},
	{"unfinished", FINDING_NOTE, FACT("close_reason", "ended by the user")},
	{"log_required", FINDING_OPEN, POLICY("[policy]\napp_log = required\n")},
	{"log_unreadable", FINDING_OPEN, LOG("appended", "'no permission'", "")},
	{"log_unreported", FINDING_OPEN, LOG("appended", "NULL", "") ATTEMPT(OUT "'ok'") CARRIED ALLOW},
	{"log_unobserved", FINDING_OPEN, LOG("appended", "NULL", ENTRY("1", "1001000001000", "1", "allowed"))},
	{"log_changed", FINDING_OPEN, LOG("truncated", "NULL", "")},
	{"log_changed", FINDING_NOTE, LOG("rotated", "NULL", "")},
	{"skipped", FINDING_OPEN, "INSERT INTO skipped VALUES (1, 'a record of an unknown kind', 1, 7, '{}');"},
	{"skipped", FINDING_NOTE, "INSERT INTO source (id, path, reader, size, sha256) VALUES (4, 'log', 'app-plain', 1, '');"
		"INSERT INTO skipped VALUES (4, 'no time', 1, 7, 'x');"},
	{"allowed", FINDING_NOTE, ATTEMPT(OUT "'ok'") CARRIED ALLOW},
	{"answered", FINDING_OPEN, "INSERT INTO socket (time_ns, witness, moment, source, record, proto, state, pid, local, lport)"
		" VALUES (1003000000000, 'seccomp', 'listen', 1, 33, 'tcp', 'LISTEN', 10, '0.0.0.0', 50100);" SEEN("destroyed", "1000")},
	{"udp_connect", FINDING_OPEN, ATTEMPT("1, 'connect', 'udp', '198.51.100.1', 9, 'ok'") "UPDATE attempt SET witness = 'seccomp' WHERE id = 100;"},
	{"udp_connect", FINDING_NOTE, ATTEMPT("1, 'connect', 'udp', '198.51.100.1', 9, 'unknown'")},
	{"other_egress", FINDING_NOTE, OTHER("33, '198.51.100.1', 443")},
	{"clock_step", FINDING_OPEN, FACT("clock_back_ns", "3600000000000")},
	{"clock_step", FINDING_NOTE, FACT("clock_ahead_ns", "3600000000000")},
	{"clock", FINDING_NOTE, FACT("clock_synchronised", "false")},
	{"missed_audit", FINDING_NOTE, AUDIT("", "") "UPDATE audit_run SET began_ns = last_ended_ns + 2 * every_ns;"},
	{"audit_forgotten", FINDING_NOTE, AUDIT(", forgotten", ", 'it was changed'")},
	{"clock_before", FINDING_NOTE, AUDIT("", "") "UPDATE audit_run SET began_ns = last_ended_ns - 1;"},
	{"key_changed", FINDING_NOTE, AUDIT(", last_fingerprint, fingerprint", ", 'aa', 'bb'")},
	{"log_gap", FINDING_NOTE, AUDIT("", "") "INSERT INTO audit_log (source, record, name, path, trail) VALUES (9, 2, 'a', '/a', 'gap');"},
	{"log_between", FINDING_NOTE, AUDIT("", "") "INSERT INTO audit_log (source, record, name, path, trail) VALUES (9, 2, 'ufw', '/ufw', 'followed');"
		"INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change)"
		" VALUES (1, 'ufw', '/ufw', 'applogs/since-1-ufw', 'since', 0, 0, 9, 'since the last audit');"
		"INSERT INTO app_event (id, log, line, time_ns, text, dst, dport, disposition) VALUES (1, 1, 1, 999500000000, 'text', '198.51.100.9', 443, 'allowed');"},
	{"new_destination", FINDING_NOTE, AUDIT("", "") ATTEMPT(OUT "'denied'") NOTED},
	{"new_listener", FINDING_NOTE, AUDIT("", "") "INSERT INTO posture_listener (source, record, proto, address, reach, port, process)"
		" VALUES (9, 1, 'tcp', '0.0.0.0', 'any', 8080, 'server');"},
	{"new_extension", FINDING_NOTE, AUDIT("", "") AUDIT_FACT("extension", "dev VS Code a.b", "1.0")},
	{"changed_program", FINDING_NOTE, KNOWN("program", "/opt/agent", "aa") AUDIT_FACT("program", "/opt/agent", "bb")},
	{"changed_setting", FINDING_NOTE, KNOWN("setting", "hosts", "x") POSTURE},
	{"coverage_worse", FINDING_NOTE, KNOWN("coverage", "sock_diag", "1000")},
	{"witness_missing", FINDING_NOTE, "UPDATE witness SET state = 'died' WHERE name = 'sock_diag'; UPDATE socket SET uid = 998;"},
	{"witness_blind", FINDING_NOTE, "DELETE FROM socket WHERE lport IN (32001, 32003);"},
	{"witness_loss", FINDING_NOTE, "UPDATE loss SET lost = 3 WHERE witness = 'sock_diag' AND time_ns > 1000000000000;"},
};

static const struct {
	const char *sql, *check;
} states[WATCH_STATES] = {
	[WATCH_WHOLE] = {"", NULL},
	[WATCH_BLIND] = {"UPDATE canary SET round = 10 WHERE round = 2;"
		"INSERT INTO canary (id, round, time_ns, end_ns, proto, src, sport, dst, dport) VALUES"
		" (5, 9, 1005000000000, 1005100000000, 'tcp', '127.0.0.1', 31005, '127.0.0.1', 32005);", "witness_blind"},
	[WATCH_LOST] = {"UPDATE loss SET lost = 3 WHERE witness = 'packets' AND time_ns > 1000000000000;", "witness_loss"},
	[WATCH_PARTLY] = {"UPDATE canary SET time_ns = time_ns - 5000000000, end_ns = end_ns - 5000000000 WHERE round = 2;"
		"UPDATE attempt SET time_ns = time_ns - 5000000000 WHERE id IN (3, 4);"
		"UPDATE flow SET first_ns = first_ns - 5000000000 WHERE id IN (3, 4);", "uncovered"},
	[WATCH_MISSING] = {"UPDATE witness SET state = 'died' WHERE name = 'packets';", "witness_missing"},
};

static bool is_told(struct rows *r, const char *check, const char *effect)
{
	char sql[160];
	snprintf(sql, sizeof sql, "SELECT count(*) FROM finding WHERE check_id = '%s' AND effect = '%s'", check, effect);
	return rows_number(r->store, sql) > 0;
}

/* One cell of the table; whether it is as the table says. */
static bool holds(struct rows *r, size_t situation, int state)
{
	const char *check = situations[situation].check;
	enum finding_kind kind = situations[situation].kind;
	rows_do(r, whole_session);
	rows_do(r, states[state].sql);
	rows_do(r, situations[situation].sql);
	enum verdict v = rows_judge(r), wanted = verdict_of((enum watch_state)state, kind);
	/* where the watch is broken a finding may have nothing to rest on; the verdict stands */
	bool told = state != WATCH_WHOLE || is_told(r, check, finding_kind_names[kind]);
	bool good = v == wanted && told;
	if (!good)
		print_error("%s (%s), %s: %s; findings: %s\n", check, finding_kind_names[kind], watch_state_names[state],
			    verdict_name(v), rows_get(r->store, "SELECT effect, check_id FROM finding"));
	rows_do(r, clean_session);
	return good;
}

static void every_cell_is_judged_so(void **state)
{
	struct rows *r = *state;
	struct verdict_row row;
	unsigned wrong = 0;
	for (size_t n = 0; verdict_row(n, &row); n++) {
		size_t i = 0;
		while (i < LENGTH(situations) && (strcmp(situations[i].check, row.check_id) != 0 || situations[i].kind != row.kind))
			i++;
		if (i == LENGTH(situations)) {
			print_error("no situation of %s (%s)\n", row.check_id, finding_kind_names[row.kind]);
			wrong++;
			continue;
		}
		for (int s = 0; s < WATCH_STATES; s++)
			wrong += !holds(r, i, s);
	}
	assert_int_equal(wrong, 0);
}

/* Without any finding but that of the watch itself. */
static void every_state_of_the_watch(void **state)
{
	struct rows *r = *state;
	for (int s = 0; s < WATCH_STATES; s++) {
		rows_do(r, whole_session);
		rows_do(r, states[s].sql);
		assert_int_equal(rows_judge(r), verdict_of((enum watch_state)s, FINDING_NONE));
		assert_true(!states[s].check || is_told(r, states[s].check, "INCONCLUSIVE"));
		rows_do(r, clean_session);
	}
}

/* What is proven is FAIL however it was watched; PASS takes a whole watch. */
static void the_table_keeps_its_word(void **state)
{
	(void)state;
	for (int s = 0; s < WATCH_STATES; s++)
		for (int k = 0; k < FINDING_KINDS; k++) {
			enum verdict v = verdict_of((enum watch_state)s, (enum finding_kind)k);
			assert_int_equal(v == VERDICT_FAIL, k == FINDING_FAIL);
			assert_int_equal(v == VERDICT_PASS, s == WATCH_WHOLE && k < FINDING_OPEN);
		}
}

/* docs/verdicts.md is what is printed; GOLDEN=write writes it (make verdicts). */
static void the_document_is_fresh(void **state)
{
	(void)state;
	const char *srcdir = getenv("SRCDIR"), *mode = getenv("GOLDEN");
	char path[4096];
	struct error err = {0};
	AUTO_TEXT struct text got = text_make(DOCUMENT_MAX), known = text_make(DOCUMENT_MAX);
	snprintf(path, sizeof path, "%s/docs/verdicts.md", srcdir ? srcdir : ".");
	verdict_document(&got);
	if (mode && !strcmp(mode, "write"))
		assert_int_equal(file_write(AT_FDCWD, path, text_slice(&got), &err), OK);
	assert_int_equal(file_read(AT_FDCWD, path, DOCUMENT_MAX, &known, &err), OK);
	assert_string_equal(text_string(&got), text_string(&known));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(every_cell_is_judged_so),
		rows_test(every_state_of_the_watch),
		cmocka_unit_test(the_table_keeps_its_word),
		cmocka_unit_test(the_document_is_fresh),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
