/* SPDX-License-Identifier: Apache-2.0 */
/* From what a prober wrote down to what is said of it: the reader, the match with the
 * evidence, the printed table. */
#include "tests/unit/direct.h"
#include "tests/unit/judge_rows.h"

#include "analysis/policy.h"
#include "cli/challenge_print.h"
#include "core/json.h"

#define SECOND "000000000"
static const char head[] = "{\"format\":\"airgap-verify challenge\",\"version\":1,\"token\":\"00\"}\n";
static const char end[] = "{\"end\":\"all were tried\"}\n";

/* A probe over TCP port 443 that took from second `at` to the next. */
static void add_probe(struct text *t, const char *name, int at, const char *call, int code, const char *answer)
{
	text_addf(t, "{\"probe\":\"%s\",\"proto\":\"tcp\",\"dst\":\"192.0.2.9\",\"dport\":443,\"sport\":40000,"
		     "\"pid\":%d,\"from_ns\":%d" SECOND ",\"to_ns\":%d" SECOND ",\"call\":\"%s\",\"errno\":%d,"
		     "\"answer\":\"%s\",\"detail\":\"\"}\n", name, 100 + at, at, at + 1, call, code, answer);
}

static void read_lines(struct rows *r, struct slice bytes)
{
	struct error err = {0};
	struct ingest to = {.path = "challenge.ndjson"};
	uint64_t records = 0;
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "challenge.ndjson");
	store_bind_text(q, 2, "challenge");
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(r->store);
	enum status status = direct_read(r->store, &to, &reader_challenge, bytes, &records, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
}

static void run_sql(struct rows *r, const char *sql)
{
	char *message = NULL;
	sqlite3 *db = sqlite3_db_handle(store_query(r->store, QUERY_SESSION_VALUE));
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		print_error("%s\n", message);
	assert_null(message);
}

static void judge_now(struct rows *r, const char *text)
{
	static struct policy p;
	struct error err = {0};
	enum verdict verdict;
	assert_int_equal(policy_parse(text, "p.ini", &p, &err), OK);
	enum status status = judge(r->store, &p, &verdict, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
}

static void lines_become_rows(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	text_add_string(&t, head);
	add_probe(&t, "tcp", 1002, "connect", 111, "none");
	text_add_string(&t, "{\"probe\":\"proxy\",\"skipped\":\"no proxy\"}\r\n");
	text_add_string(&t, end);
	read_lines(r, text_slice(&t));
	assert_rows(r->store, "SELECT probe, skipped, dst, dport, pid, call, errno, answer FROM challenge ORDER BY id",
		    "tcp|-|192.0.2.9|443|1102|connect|111|none;proxy|no proxy|-|-|-|-|-|-;");
	assert_rows(r->store, "SELECT count(*) FROM skipped", "0;");
}

static void lines_that_are_none(void **state)
{
	struct rows *r = *state;
	static const char bad[] = "{\"probe\":1}\n[]\n\n{\"probe\":\"tcp\"}\n{\"probe\":\"tcp\",\"proto\":\"tcp\",\"dst\":"
				  "\"a\",\"pid\":1,\"from_ns\":1,\"to_ns\":\"2\",\"call\":\"x\",\"errno\":0,\"answer\":\"none\"}\n"
				  "{\"probe\":\"tcp\",\"proto\":\"tcp\",\"dst\":\"a\",\"pid\":1,\"from_ns\":1,\"to_ns\":2,"
				  "\"call\":\"x\",\"errno\":0,\"answer\":\"yes\"}\n";
	read_lines(r, slice_of_string(bad));
	assert_rows(r->store, "SELECT count(*) FROM challenge", "0;");
	assert_rows(r->store, "SELECT sum(count) FROM skipped WHERE reason <> 'the prober did not come to its end'", "6;");
	assert_rows(r->store, "SELECT count(*) FROM skipped WHERE reason = 'the prober did not come to its end'", "1;");
}

/* Between two canaries packets are seen, so what is not among them did not leave. */
static void what_became_of_each(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	run_sql(r, whole_session);
	run_sql(r, "INSERT INTO attempt (id, time_ns, witness, call, proto, sport, dst, dport, outcome, errno, pid, uid,"
		   " comm, in_cgroup, in_tree, in_session, suite, cookie, netns, source, record) VALUES"
		   " (50, 1003500000000, 'kernel', 'connect', 'tcp', 40000, '192.0.2.9', 443, 'failed', 22, 1103, 0, 'p', 1, 1, 1, 0, 50, 1, 1, 50);"
		   "INSERT INTO flow (id, source, proto, src, sport, dst, dport, first_ns, last_ns, packets_out, packets_in,"
		   " bytes_out, bytes_in, state, iface, dir, first_packet) VALUES"
		   " (60, 2, 'tcp', '192.0.2.1', 40000, '192.0.2.9', 443, 1004500000000, 1004600000000, 1, 1, 0, 0, 'x', 'eth0', 'out', 60),"
		   " (61, 2, 'tcp', '192.0.2.1', 40000, '192.0.2.9', 443, 1006500000000, 1006600000000, 1, 0, 0, 0, 'x', 'lo', 'out', 61);");
	text_add_string(&t, head);
	add_probe(&t, "udp", 1002, "socket", 1, "none");
	add_probe(&t, "tcp", 1003, "connect", 22, "none");
	add_probe(&t, "dot", 1004, "connect", 111, "none");
	add_probe(&t, "doh", 1005, "send", 0, "token");
	add_probe(&t, "child", 1006, "connect", 111, "none");
	add_probe(&t, "orphan", 1007, "connect", 110, "none");
	text_add_string(&t, "{\"probe\":\"proxy\",\"skipped\":\"no proxy\"}\n");
	text_add_string(&t, end);
	read_lines(r, text_slice(&t));
	judge_now(r, "[claim filter]\nstops = tcp, dot, proxy\n[claim other]\nstops = tcp\n");
	assert_rows(r->store, "SELECT probe, result, stopped_at, last_witness, claimed_by FROM v_challenge ORDER BY id",
		    "udp|stopped|no socket was given|prober|-;"
		    "tcp|stopped|at the call|kernel (call)|filter, other;"
		    "dot|left|a packet left by eth0 and was answered|packets|filter;"
		    "doh|arrived|the sink sent the token back|sink|-;"
		    "child|stopped|on this machine, which answered in the place of the sink|prober|-;"
		    "orphan|stopped|between the call and the wire|prober|-;"
		    "proxy|-|no proxy|-|filter;");
	assert_rows(r->store, "SELECT layer, probe, state FROM v_claim ORDER BY 1, 2",
		    "filter|dot|broken;filter|proxy|not shown;filter|tcp|holds;other|tcp|holds;");
	/* the claims are those of the policy at hand */
	judge_now(r, "");
	assert_rows(r->store, "SELECT count(*) FROM v_claim", "0;");
}

/* Without packets only what this machine alone can answer is told. */
static void where_packets_were_not_seen(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	run_sql(r, whole_session);
	run_sql(r, "DELETE FROM flow WHERE id <= 4"); /* the canaries among them */
	text_add_string(&t, head);
	add_probe(&t, "tcp", 1002, "connect", 1, "none");
	add_probe(&t, "tcp6", 1003, "connect", 111, "none");
	add_probe(&t, "udp", 1004, "send", 0, "none");
	text_add_string(&t, end);
	read_lines(r, text_slice(&t));
	judge_now(r, "");
	assert_rows(r->store, "SELECT probe, result FROM v_challenge ORDER BY id", "tcp|stopped;tcp6|unknown;udp|unknown;");
}

/* The kernel asks for a neighbour when it likes, also while its owner pings it in vain. */
static void what_the_kernel_asks_neighbours(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	run_sql(r, whole_session);
	run_sql(r, "INSERT INTO flow (id, source, proto, src, dst, first_ns, last_ns, packets_out, packets_in,"
		   " bytes_out, bytes_in, state, iface, dir, first_packet) VALUES"
		   " (70, 2, 'icmp6', '2001:db8::1', '2001:db8::9', 1002500000000, 1002500000000, 1, 1, 0, 0, 'neighbour solicitation', 'eth0', 'out', 70);"
		   "INSERT INTO egress (id, time_ns, cookie, proto, src, dst, ifindex, size, in_cgroup, class, source, record) VALUES"
		   " (80, 1002500010000, 9, 'icmp6', '2001:db8::1', '2001:db8::9', 2, 72, 0, 'public', 1, 80),"
		   " (81, 1003500000000, 9, 'tcp', '2001:db8::1', '2001:db8::9', 2, 72, 0, 'public', 1, 81),"
		   " (82, 1004500000000, 9, 'icmp6', '2001:db8::1', '2001:db8::9', 2, 72, 0, 'public', 1, 82);");
	text_add_string(&t, head);
	for (int at = 1002; at < 1005; at++)
		text_addf(&t, "{\"probe\":\"icmp6\",\"proto\":\"icmp6\",\"dst\":\"2001:db8::9\",\"pid\":%d,\"from_ns\":%d" SECOND
			      ",\"to_ns\":%d" SECOND ",\"call\":\"socket\",\"errno\":1,\"answer\":\"none\",\"detail\":\"\"}\n",
			  100 + at, at, at + 1);
	text_add_string(&t, end);
	read_lines(r, text_slice(&t));
	judge_now(r, "");
	assert_rows(r->store, "SELECT result FROM v_challenge ORDER BY id", "stopped;stopped;left;");
}

static int print(struct rows *r, bool json, struct text *ret)
{
	struct error err = {0};
	int status = 99;
	text_clear(ret);
	assert_int_equal(challenge_print(r->store, "folder", json, ret, &status, &err), OK);
	return status;
}

static void how_it_ends(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text t = text_make(1 << 16), out = text_make(1 << 16);
	assert_int_equal(print(r, false, &out), 2); /* nothing was tried */
	run_sql(r, whole_session);
	text_add_string(&t, head);
	add_probe(&t, "tcp", 1002, "connect", 22, "none");
	text_add_string(&t, end);
	read_lines(r, text_slice(&t));
	judge_now(r, "[claim a]\nstops = tcp\n");
	assert_int_equal(print(r, false, &out), 0);
	assert_contains(text_string(&out), "tcp      stopped   prober          connect: Invalid argument         at the call\n");
	assert_contains(text_string(&out), "  a, tcp: holds\n1 way tried: 1 was stopped, 0 left this machine");
	assert_int_equal(print(r, true, &out), 0);
	struct json_member m[] = {{.key = "result"}, {.key = "probes"}, {.key = "claims"}};
	assert_null(json_read_object(text_slice(&out), m, LENGTH(m), NULL));
	assert_slice(m[0].value.raw, "stopped");
	assert_slice(m[2].value.raw, "[{\"layer\":\"a\",\"probe\":\"tcp\",\"state\":\"holds\"}]");
	/* one without its end */
	read_lines(r, SLICE("{\"format\":\"airgap-verify challenge\"}\n"));
	assert_int_equal(print(r, false, &out), 2);
	text_clear(&t);
	add_probe(&t, "doh", 1005, "send", 0, "token");
	read_lines(r, text_slice(&t));
	judge_now(r, "");
	assert_int_equal(print(r, false, &out), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(lines_become_rows),           rows_test(lines_that_are_none),
		rows_test(what_became_of_each),         rows_test(where_packets_were_not_seen),
		rows_test(what_the_kernel_asks_neighbours), rows_test(how_it_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
