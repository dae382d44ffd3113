/* SPDX-License-Identifier: Apache-2.0 */
/* Events of Windows, from the bytes that its collector copies to the verdict. */
#include "tests/unit/windows_session.h"

#include "ingest/etl/connection.h"

#define FINDINGS "SELECT effect, check_id FROM finding ORDER BY id"
#define OURS                                                                                                       \
	"SELECT call, proto, src, sport, dst, dport, outcome, pid, comm, bytes_out, left_machine, in_tree FROM attempt" \
	" WHERE in_session = 1 ORDER BY id"

static void an_honest_session_passes(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	/* a model server, and one that is not there */
	windows_event(&w, 12, guid_network, 12, 0, WINDOWS_COMMAND, windows_loopback(WINDOWS_COMMAND, 0, 40000, 11434, false));
	windows_event(&w, 13, guid_network, 10, 0, 4, windows_loopback(WINDOWS_COMMAND, 300, 40000, 11434, false));
	windows_event(&w, 13, guid_network, 11, 0, 4, windows_loopback(WINDOWS_COMMAND, 5000, 40000, 11434, false));
	struct build *b = payload();
	build_put(b, 6, 4);
	build_put(b, 0xc0000236, 4);
	windows_event(&w, 14, guid_network, 17, 0, WINDOWS_COMMAND, build_slice(b));
	/* kinds of events that nobody asked for */
	windows_event(&w, 15, guid_dns, 3012, 0, WINDOWS_COMMAND, SLICE("x"));
	windows_exit(&w, 28, WINDOWS_COMMAND);
	assert_int_equal(windows_judge(&w), VERDICT_PASS);
	assert_rows(w.r->store, FINDINGS, "");
	assert_rows(w.r->store, OURS, "connect|tcp|127.0.0.1|40000|127.0.0.1|11434|ok|1000|agent.exe|300|-|1;");
	assert_rows(w.r->store, "SELECT witness, state, lost FROM coverage", "etw|seeing|0;");
	assert_rows(w.r->store, "SELECT count(*), min(witness), max(witness), min(suite), max(in_session) FROM attempt WHERE pid = 900",
		    "8|etw|etw|1|0;");
	assert_rows(w.r->store, "SELECT a.pid, p.id FROM attempt a JOIN process p ON p.id = a.process WHERE a.in_session = 1", "1000|1;");
	assert_rows(w.r->store, "SELECT pid, comm, in_tree, status FROM process", "1000|agent.exe|1|0;");
}

static void a_connection_to_another_machine_fails(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	windows_event(&w, 12, guid_network, 12, 0, 4, payload_tcp(WINDOWS_COMMAND, 0, 40000, 443));
	windows_event(&w, 13, guid_network, 10, 0, 4, payload_tcp(WINDOWS_COMMAND, 300, 40000, 443));
	assert_int_equal(windows_judge(&w), VERDICT_FAIL);
	assert_rows(w.r->store, FINDINGS, "FAIL|egress;");
	assert_rows(w.r->store, OURS, "connect|tcp|192.0.2.1|40000|203.0.113.9|443|ok|1000|agent.exe|300|1|1;");
	assert_contains(rows_get(w.r->store, "SELECT detail FROM finding"),
			"agent.exe (pid 1000) called connect to 203.0.113.9 port 443 over tcp (public address; "
			"documentation): the connection was made, 300 bytes sent. No rule knows what it is for.;");
}

/* Nobody answers: it was asked for, and by whom. */
static void an_attempt_without_an_answer_fails(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	windows_event(&w, 12, guid_tcpip, 1002, 0, WINDOWS_COMMAND, payload_tcpip(1002, 0, 0, 40001, false));
	windows_event(&w, 13, guid_tcpip, 1034, 0, 4, payload_tcpip(1034, WINDOWS_COMMAND, 0xc00000b5, 40001, false));
	assert_int_equal(windows_judge(&w), VERDICT_FAIL);
	assert_rows(w.r->store, FINDINGS, "FAIL|egress;");
	assert_rows(w.r->store, OURS, "connect|tcp|198.51.100.1|40001|198.51.100.9|443|timeout|1000|agent.exe|0|-|1;");
}

static void datagrams_and_ipv6_fail(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	windows_event(&w, 12, guid_network, 42, 0, 4, payload_tcp(WINDOWS_COMMAND, 70, 40000, 4433));
	windows_event(&w, 13, guid_network, 28, 0, 4, payload_tcp6(WINDOWS_COMMAND, 0, 40000, 443));
	assert_int_equal(windows_judge(&w), VERDICT_FAIL);
	assert_rows(w.r->store, FINDINGS, "FAIL|egress;FAIL|egress;");
	assert_rows(w.r->store, OURS,
		    "sendto|udp|192.0.2.1|40000|203.0.113.9|4433|ok|1000|agent.exe|70|1|1;"
		    "connect|tcp|2001:db8::1|40000|2001:db8::9|443|pending|1000|agent.exe|0|-|1;");
}

/* What comes in over UDP is no attempt. */
static void a_datagram_received_is_none(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	windows_event(&w, 12, guid_network, 43, 0, 4, payload_tcp(WINDOWS_COMMAND, 70, 40000, 4433));
	assert_int_equal(windows_judge(&w), VERDICT_PASS);
	assert_int_equal(rows_number(w.r->store, "SELECT count(*) FROM attempt WHERE in_session = 1 AND call = 'recv' AND leaves = 0"), 1);
}

/* Told by the session, by the events alone, in spite of a parent it names, and too late. */
static void what_it_starts_is_the_session_too(void **state)
{
	static const char *const how[] = {"told", "seen", "made", "late"};
	for (size_t i = 0; i < LENGTH(how); i++) {
		struct windows w;
		void *own = NULL;
		assert_int_equal(rows_setup(&own), 0);
		windows_begin(&w, own);
		windows_start(&w);
		uint32_t ppid = !strcmp(how[i], "made") ? 77 : WINDOWS_COMMAND;
		if (!strcmp(how[i], "late"))
			windows_event(&w, 12.1, guid_process, 1, 3, 1008, payload_started(WINDOWS_CHILD, 1008, 3, "\\a\\git.exe"));
		if (!strcmp(how[i], "told"))
			windows_process(&w, 11, WINDOWS_CHILD, WINDOWS_COMMAND, "git.exe");
		else if (strcmp(how[i], "late"))
			windows_event(&w, 11, guid_process, 1, 3, WINDOWS_COMMAND, payload_started(WINDOWS_CHILD, ppid, 3, "\\a\\git.exe"));
		windows_event(&w, 13, guid_network, 42, 0, 4, payload_tcp(WINDOWS_CHILD, 70, 40000, 9418));
		if (!strcmp(how[i], "late"))
			windows_event(&w, 12, guid_process, 1, 3, WINDOWS_COMMAND, payload_started(1008, WINDOWS_COMMAND, 3, "\\a\\cmd.exe"));
		assert_int_equal(windows_judge(&w), VERDICT_FAIL);
		assert_rows(w.r->store, FINDINGS, "FAIL|egress;");
		assert_rows(w.r->store, "SELECT pid, comm, in_tree FROM attempt WHERE in_session = 1", "1004|git.exe|1;");
		assert_rows(w.r->store, "SELECT in_tree FROM process WHERE pid = 1004", "1;");
		rows_teardown(&own);
	}
	(void)state;
}

/* The number of a process that ended is given to another program. */
static void a_number_that_is_used_again(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_event(&w, 2, guid_process, 1, 3, WINDOWS_OTHER, payload_started(WINDOWS_CHILD, WINDOWS_OTHER, 3, "\\a\\before.exe"));
	windows_event(&w, 3, guid_network, 42, 0, 4, payload_tcp(WINDOWS_CHILD, 1, 40001, 1));
	windows_start(&w);
	windows_process(&w, 12, WINDOWS_CHILD, WINDOWS_COMMAND, "git.exe");
	windows_event(&w, 13, guid_network, 42, 0, 4, windows_loopback(WINDOWS_CHILD, 1, 40002, 2, false));
	windows_exit(&w, 14, WINDOWS_CHILD);
	windows_event(&w, 16, guid_process, 1, 3, WINDOWS_OTHER, payload_started(WINDOWS_CHILD, WINDOWS_OTHER, 3, "\\a\\after.exe"));
	windows_event(&w, 17, guid_network, 42, 0, 4, payload_tcp(WINDOWS_CHILD, 1, 40003, 3));
	assert_int_equal(windows_judge(&w), VERDICT_INCONCLUSIVE);
	assert_rows(w.r->store, FINDINGS, "INCONCLUSIVE|service_peer;INCONCLUSIVE|local_peer;NOTE|other_egress;");
	assert_rows(w.r->store, "SELECT dport, in_session, comm FROM attempt WHERE pid = 1004 ORDER BY time_ns",
		    "1|0|before.exe;2|1|git.exe;3|0|after.exe;");
	assert_contains(rows_get(w.r->store, "SELECT title FROM finding"),
			"Other programs reached out, and the session may have asked them to: 1 attempt;");
}

/* More often than anybody looks back: what the first one did is still its own. */
static void a_number_that_is_used_again_and_again(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	windows_process(&w, 11, WINDOWS_CHILD, WINDOWS_COMMAND, "git.exe");
	windows_event(&w, 11.1, guid_network, 42, 0, 4, payload_tcp(WINDOWS_CHILD, 1, 40002, 9418));
	windows_exit(&w, 11.2, WINDOWS_CHILD);
	for (int i = 0; i < 200; i++) {
		double at = 13 + 0.02 * i;
		windows_event(&w, at, guid_process, 1, 3, WINDOWS_OTHER, payload_started(WINDOWS_CHILD, WINDOWS_OTHER, 3, "\\a\\other.exe"));
		windows_exit(&w, at + 0.01, WINDOWS_CHILD);
	}
	assert_int_equal(windows_judge(&w), VERDICT_FAIL);
	assert_rows(w.r->store, FINDINGS, "FAIL|egress;");
	assert_rows(w.r->store, "SELECT a.pid, p.comm FROM attempt a JOIN process p ON p.id = a.process WHERE a.in_session = 1", "1004|git.exe;");
}

/* The same ends, the same number, and another program. */
static void ends_that_are_used_again(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_event(&w, 2, guid_process, 15, 1, 0, payload_started(WINDOWS_CHILD, 4, 3, "\\a\\before.exe"));
	windows_event(&w, 3, guid_network, 42, 0, 4, payload_tcp(WINDOWS_CHILD, 5, 5353, 5353));
	windows_start(&w);
	windows_event(&w, 10.5, guid_network, 42, 0, 4, payload_tcp(WINDOWS_OTHER, 9, 5353, 5353)); /* nobody tells of it */
	windows_process(&w, 12, WINDOWS_CHILD, WINDOWS_COMMAND, "git.exe");
	windows_event(&w, 13, guid_network, 42, 0, 4, payload_tcp(WINDOWS_CHILD, 7, 5353, 5353));
	windows_process(&w, 14, WINDOWS_OTHER, WINDOWS_COMMAND, "git.exe");
	windows_event(&w, 15, guid_network, 42, 0, 4, payload_tcp(WINDOWS_OTHER, 11, 5353, 5353));
	assert_int_equal(windows_judge(&w), VERDICT_FAIL);
	assert_rows(w.r->store, "SELECT pid, bytes_out, in_session FROM attempt WHERE dport = 5353 ORDER BY time_ns",
		    "1004|5|0;2000|9|0;1004|7|1;2000|11|1;");
}

/* In the scope `host` everybody counts. */
static void in_a_host_session_every_process_counts(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	w.scope = "host";
	windows_start(&w);
	windows_event(&w, 13, guid_network, 42, 0, 4, payload_tcp(WINDOWS_OTHER, 70, 40000, 9418));
	assert_int_equal(windows_judge(&w), VERDICT_FAIL);
	assert_rows(w.r->store, "SELECT in_session, suite FROM attempt WHERE pid IN (900, 2000) GROUP BY pid", "0|1;1|0;");
}

/* Each is counted, and is a reason to doubt. */
static void what_cannot_be_read_is_counted(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	windows_event(&w, 12, guid_network, 12, 0, 4, slice_part(payload_tcp(WINDOWS_COMMAND, 0, 40000, 443), 0, 19));
	windows_event(&w, 12, guid_network, 77, 0, 4, SLICE("a way out of tomorrow"));
	struct json *j = windows_record(&w, "etw", 13);
	json_add_string(j, "provider", "7dd42a49-5329-4832-8dfd-43d979153a8x");
	json_add_string(j, "data", "00");
	evidence_end(w.e);
	for (int i = 0; i < 3; i++) {
		static const char *const data[] = {"0", "0g", "00"};
		j = windows_record(&w, "etw", 13);
		json_add_string(j, "provider", "7dd42a49-5329-4832-8dfd-43d979153a88");
		if (i == 2)
			json_add_u64(j, "size", 20000);
		json_add_string(j, "data", data[i]);
		evidence_end(w.e);
	}
	j = evidence_begin(w.e, "etw", -5);
	evidence_end(w.e);
	assert_int_equal(windows_judge(&w), VERDICT_INCONCLUSIVE);
	assert_rows(w.r->store, "SELECT reason, count FROM skipped ORDER BY reason",
		    "an event of Microsoft-Windows-Kernel-Network {7dd42a49-5329-4832-8dfd-43d979153a88} that breaks its layout|2;"
		    "an event of before 1970|1;an event that was cut short|1;an event whose bytes cannot be read|2;"
		    "an event without its provider|1;");
	assert_rows(w.r->store, "SELECT DISTINCT effect, check_id FROM finding", "INCONCLUSIVE|skipped;");
}

#define FROM_TABLES "SELECT call, proto, src, sport, dst, dport, outcome, pid, comm, in_session FROM attempt WHERE witness = 'socket_tables'"

/* What a process of the session holds is an attempt, once; and only once if it is seen twice. */
static void tables_tell_of_connections(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	windows_socket(&w, 12, WINDOWS_COMMAND, "203.0.113.7", 443, "SYN-SENT");
	windows_socket(&w, 13, WINDOWS_COMMAND, "203.0.113.7", 443, "ESTAB");
	windows_socket(&w, 13, WINDOWS_COMMAND, "fe80::7%12", 443, "SYN-SENT");
	windows_socket(&w, 13, WINDOWS_COMMAND, "203.0.113.9", 443, "ESTAB");
	windows_event(&w, 13, guid_network, 12, 0, 4, payload_tcp(WINDOWS_COMMAND, 0, 50000, 443));
	/* of others, of the suite, of a listener, to this machine */
	windows_socket(&w, 13, WINDOWS_OTHER, "203.0.113.8", 443, "ESTAB");
	windows_socket(&w, 13, WINDOWS_SUITE, "203.0.113.8", 443, "ESTAB");
	windows_socket(&w, 13, WINDOWS_COMMAND, "0.0.0.0", 0, "LISTEN");
	windows_socket(&w, 13, WINDOWS_COMMAND, "127.0.0.1", 11434, "ESTAB");
	windows_socket(&w, 13, WINDOWS_COMMAND, "192.0.2.1", 11434, "ESTAB");
	assert_int_equal(windows_judge(&w), VERDICT_FAIL);
	assert_rows(w.r->store, FROM_TABLES,
		    "connect|tcp|192.0.2.1|50000|203.0.113.7|443|ok|1000|agent.exe|1;"
		    "connect|tcp|fe80::1|50000|fe80::7|443|pending|1000|agent.exe|1;");
	assert_rows(w.r->store, FINDINGS, "FAIL|egress;FAIL|egress;FAIL|egress;");
	assert_int_equal(rows_number(w.r->store, "SELECT count(*) FROM socket"), 9);
}

/* More connections at a time than are kept: none is left out, and each is somebody's. */
static void many_connections(void **state)
{
	enum { MANY = CONNECTIONS_MAX + 500 };
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	for (unsigned i = 0; i < (unsigned)MANY; i++)
		windows_event(&w, 12, guid_network, 10, 0, 4, windows_loopback(WINDOWS_COMMAND, 1, 1 + i, 11434, false));
	assert_int_equal(windows_judge(&w), VERDICT_PASS);
	assert_int_equal(rows_number(w.r->store, "SELECT count(DISTINCT sport) FROM attempt WHERE in_session = 1"), MANY);
	assert_int_equal(rows_number(w.r->store, "SELECT count(DISTINCT id) FROM attempt"), MANY + 8);
}

/* A trace file beside the evidence: one connection of the command. */
static void put_trace(struct windows *w)
{
	static struct build b;
	b.size = b.buffer = 0;
	build_log(&b, &(struct build_log){.clock = 1, .frequency = 1000});
	build_buffer(&b, 0, 0, 0);
	build_manifest(&b, &(struct build_manifest){guid_network, 12, 0, 0, 4, BUILD_FIRST_STAMP, false},
		       payload_tcp(WINDOWS_COMMAND, 0, 40000, 443));
	build_buffer_end(&b, 0);
	scratch_put(w->r->s, "trace.etl", build_slice(&b));
	scratch_put(w->r->s, "session.json", SLICE("{\"format\":\"airgap-verify session\",\"options\":{\"trace\":\"trace.etl\"}}"));
}

/* It is kept, and read only where the evidence tells of no event. */
static void a_trace_file_is_not_read_twice(void **state)
{
	static const char *const wanted[] = {"etl|0;", "evidence|1;"};
	for (int i = 0; i < 2; i++) {
		struct windows w;
		void *own = NULL;
		struct error err = {0};
		char path[128];
		assert_int_equal(rows_setup(&own), 0);
		windows_begin(&w, own);
		put_trace(&w);
		windows_process(&w, 9.9, WINDOWS_COMMAND, WINDOWS_SUITE, "agent.exe");
		if (i == 1)
			windows_event(&w, 12, guid_network, 12, 0, 4, payload_tcp(WINDOWS_COMMAND, 0, 40000, 443));
		assert_int_equal(evidence_close(&w.e, &err), OK);
		snprintf(path, sizeof path, "%s/other.db", w.r->s->path);
		assert_int_equal(ingest_session(w.r->s->fd, path, &err), OK);
		store_abandon(&w.r->store);
		assert_int_equal(store_open(path, STORE_WRITE, &w.r->store, &err), OK);
		assert_rows(w.r->store, "SELECT s.reader, a.in_session FROM attempt a JOIN source s ON s.id = a.source", wanted[i]);
		assert_rows(w.r->store, "SELECT what FROM artifact WHERE path = 'trace.etl'", "event trace of Windows;");
		rows_teardown(&own);
	}
	(void)state;
}



int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(an_honest_session_passes),
		rows_test(a_connection_to_another_machine_fails),
		rows_test(an_attempt_without_an_answer_fails),
		rows_test(datagrams_and_ipv6_fail),
		rows_test(a_datagram_received_is_none),
		cmocka_unit_test(what_it_starts_is_the_session_too),
		rows_test(a_number_that_is_used_again),
		rows_test(a_number_that_is_used_again_and_again),
		rows_test(ends_that_are_used_again),
		rows_test(in_a_host_session_every_process_counts),
		rows_test(what_cannot_be_read_is_counted),
		rows_test(tables_tell_of_connections),
		rows_test(many_connections),
		cmocka_unit_test(a_trace_file_is_not_read_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
