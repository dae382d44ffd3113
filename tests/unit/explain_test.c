/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

/* How the flow 100 is explained, and by which attempt. */
static const struct {
	const char *what, *sql, *wanted;
} cases[] = {
	{"nothing", FLOW("'out', 'udp', '192.0.2.1', 5, '198.51.100.1', 6, 'one_way'"), "-|-;"},
	{"the five-tuple", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'closed'") OTHER("0, '198.51.100.1', 6")
		"UPDATE attempt SET sport = 5, time_ns = 1000100000000 WHERE id = 101;", "other process|101;"},
	{"an attempt behind it is none", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'closed'") OTHER("0, '198.51.100.1', 6")
		"UPDATE attempt SET sport = 5, time_ns = 1006000000000 WHERE id = 101;", "-|-;"},
	{"nearness", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'closed'") OTHER("0, '198.51.100.1', 6"), "other process|101;"},
	{"another namespace", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'closed'") OTHER("0, '198.51.100.1', 6")
		"UPDATE attempt SET netns = 77, left_machine = 1 WHERE id = 101;", "other process|101;"},
	{"where nothing left", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'closed'") OTHER("0, '198.51.100.1', 6")
		"UPDATE attempt SET netns = 77, left_machine = 0 WHERE id = 101;", "-|-;"},
	{"not so near", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'closed'") OTHER("0, '198.51.100.1', 6")
		"UPDATE attempt SET time_ns = 1004000001000 - 5000000001 WHERE id = 101;", "-|-;"},
	{"another port", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 7, 'closed'") OTHER("0, '198.51.100.1', 6"), "-|-;"},
	{"another protocol", FLOW("'out', 'udp', '192.0.2.1', 5, '198.51.100.1', 6, 'one_way'") OTHER("0, '198.51.100.1', 6"), "-|-;"},
	{"the session goes first", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'closed'") OTHER("0, '198.51.100.1', 6")
		ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 6, 'ok'")
		"UPDATE attempt SET time_ns = 1003000000000 WHERE id = 100;", "session|100;"},
	{"the first packet", FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'closed'") OTHER("0, '127.0.0.1', 6")
		EGRESS("7, 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 0, 101"), "other process|101;"},
	{"an answer", FLOW("'in', 'tcp', '198.51.100.1', 6, '192.0.2.1', 80, 'closed'") ATTEMPT("1, 'accept', 'tcp', '198.51.100.1', 6, 'ok'")
		EGRESS("7, 'tcp', '192.0.2.1', 80, '198.51.100.1', 6, 1, 100"), "session|100;"},
	{"an echo of the session", FLOW("'out', 'icmp', '192.0.2.1', NULL, '198.51.100.1', NULL, 'answered'")
		ATTEMPT("1, 'sendto', 'icmp', '198.51.100.1', 0, 'ok'")
		EGRESS("7, 'icmp', '192.0.2.1', 0, '198.51.100.1', 0, 1, 100"), "session|100;"},
	{"an echo without a first packet", FLOW("'out', 'icmp', '192.0.2.1', NULL, '198.51.100.1', NULL, 'answered'")
		ATTEMPT("1, 'send', 'icmp', '198.51.100.1', NULL, 'ok'"), "session|100;"},
	{"a protocol without a name", FLOW("'out', 'ip proto 253', '192.0.2.1', NULL, '198.51.100.1', NULL, 'one_way'")
		ATTEMPT("1, 'send', 'other', '198.51.100.1', 0, 'ok'"), "session|100;"},
	{"a raw socket that was only made", FLOW("'out', 'icmp', '192.0.2.1', NULL, '198.51.100.1', NULL, 'answered'")
		ATTEMPT("1, 'socket', 'icmp', '198.51.100.1', NULL, 'ok'"), "-|-;"},
	{"an echo from outside", FLOW("'in', 'icmp', '198.51.100.1', NULL, '192.0.2.1', NULL, 'answered'"), "inbound|-;"},
	{"between others", FLOW("NULL, 'udp', '198.51.100.1', 5, '198.51.100.2', 6, 'one_way'")
		"UPDATE flow SET dir_how = 'passing' WHERE id = 100;", "inbound|-;"},
	{"ours, and said to be between others", FLOW("'out', 'udp', '192.0.2.1', 5, '198.51.100.2', 6, 'one_way'")
		"UPDATE flow SET dir_how = 'passing' WHERE id = 100;", "-|-;"},
	{"local", FLOW("'local', 'udp', '192.0.2.1', 5, '192.0.2.1', 6, 'one_way'"), "local|-;"},
	{"an older connection", SOCKET("'tcp', 'ESTAB', 0, '192.0.2.1', 5, '198.51.100.1', 6")
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'midstream'"), "older socket|-;"},
	{"to somebody else", SOCKET("'tcp', 'ESTAB', 0, '192.0.2.1', 5, '198.51.100.1', 6")
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.2', 6, 'midstream'"), "-|-;"},
	{"from another address", SOCKET("'tcp', 'ESTAB', 0, '192.0.2.7', 5, '198.51.100.1', 6")
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'midstream'"), "-|-;"},
	{"a listening one opens nothing", SOCKET("'tcp', 'LISTEN', 0, '0.0.0.0', 5, '0.0.0.0', 0")
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 6, 'syn_sent'"), "-|-;"},
	{"a UDP one sends to many", SOCKET("'udp', 'UNCONN', 0, '0.0.0.0', 5, '0.0.0.0', 0")
		FLOW("'out', 'udp', '192.0.2.1', 5, '198.51.100.1', 6, 'one_way'"), "older socket|-;"},
	{"one of later is no older one", SOCKET("'udp', 'UNCONN', 0, '0.0.0.0', 5, '0.0.0.0', 0")
		"UPDATE socket SET moment = 'during';"
		FLOW("'out', 'udp', '192.0.2.1', 5, '198.51.100.1', 6, 'one_way'"), "-|-;"},
	{"arp", FLOW("'out', 'arp', '192.0.2.1', NULL, '192.0.2.9', NULL, 'request'"), "kernel housekeeping|-;"},
	{"igmp", FLOW("'out', 'igmp', '192.0.2.1', NULL, '224.0.0.22', NULL, 'membership report'"), "kernel housekeeping|-;"},
	{"igmp to one machine", FLOW("'out', 'igmp', '192.0.2.1', NULL, '198.51.100.1', NULL, 'membership report'"), "-|-;"},
	{"a neighbour", FLOW("'out', 'icmp6', '2001:db8::1', NULL, '2001:db8::2', NULL, 'neighbour advertisement'"), "kernel housekeeping|-;"},
	{"routers", FLOW("'out', 'icmp6', 'fe80::1', NULL, 'ff02::2', NULL, 'router solicitation'"), "kernel housekeeping|-;"},
	{"a router far away", FLOW("'out', 'icmp6', 'fe80::1', NULL, '2001:db8:f::2', NULL, 'router solicitation'"), "-|-;"},
	{"groups", FLOW("'out', 'icmp6', 'fe80::1', NULL, 'ff02::16', NULL, 'mld report'"), "kernel housekeeping|-;"},
	{"an echo is no housekeeping", FLOW("'out', 'icmp6', 'fe80::1', NULL, '2001:db8:f::2', NULL, 'one_way'"), "-|-;"},
	{"a port was closed", FLOW("'out', 'icmp', '192.0.2.1', NULL, '198.51.100.1', NULL, 'destination unreachable'")
		"UPDATE flow SET src = '198.51.100.1', dst = '192.0.2.1', dir = 'in', proto = 'udp', sport = 9, dport = 10,"
		" first_ns = 1003900000000, last_ns = 1003900000000 WHERE id = 11;", "kernel housekeeping|-;"},
	{"a port was closed, long ago", FLOW("'out', 'icmp', '192.0.2.1', NULL, '198.51.100.1', NULL, 'destination unreachable'")
		"UPDATE flow SET src = '198.51.100.1', dst = '192.0.2.1', dir = 'in', proto = 'udp', sport = 9, dport = 10,"
		" first_ns = 1001000000000, last_ns = 1001000000000 WHERE id = 11;", "-|-;"},
	{"nobody asked", FLOW("'out', 'icmp', '192.0.2.1', NULL, '198.51.100.1', NULL, 'destination unreachable'"), "-|-;"},
	{"the link", FLOW("'out', 'ethertype 0x888e', '', NULL, '', NULL, 'one_way'"), "link management|-;"},
	{"the lease", FLOW("'out', 'udp', '0.0.0.0', 68, '255.255.255.255', 67, 'one_way'"), "link management|-;"},
	{"an unknown frame", FLOW("'out', 'ethertype 0x9999', '', NULL, '', NULL, 'one_way'"), "-|-;"},
};

static void each_flow_has_its_explanation(void **state)
{
	struct rows *r = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		rows_do(r, whole_session);
		rows_do(r, cases[i].sql);
		enum verdict v = rows_judge(r);
		const char *got = rows_get(r->store, "SELECT explained, attempt FROM flow WHERE id = 100");
		/* what is not explained is no PASS */
		if (strcmp(got, cases[i].wanted) != 0 || (got[0] == '-' && v == VERDICT_PASS)) {
			print_error("%s: %s (%s)\n", cases[i].what, got, verdict_name(v));
			wrong++;
		}
		rows_do(r, clean_session);
	}
	assert_int_equal(wrong, 0);
}

static void lookups_name_addresses(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, "INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, qname, qtype, answers, packet) VALUES"
		   " (2, 1001000000000, 'c', 's', 1, 53, 'udp', 'api.anthropic.com', 'A', '[\"198.51.100.1\",7]', 1),"
		   " (2, 1001000000001, 'c', 's', 1, 53, 'udp', 'x.example', 'TXT', '[\"198.51.100.2\"]', 1),"
		   " (2, 1001000000002, 'c', 's', 1, 53, 'udp', 'y.example', 'A', 'no JSON', 1);"
		   ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'"));
	rows_judge(r);
	assert_rows(r->store, "SELECT address, name FROM resolved", "198.51.100.1|api.anthropic.com;");
	assert_rows(r->store, "SELECT vector FROM attempt WHERE id = 100", "model_api;");
	assert_contains(rows_get(r->store, "SELECT detail FROM finding WHERE check_id = 'egress'"),
			"which a lookup gave for api.anthropic.com");
}

static void an_attempts_own_name_goes_first(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'") OTHER("0, '198.51.100.1', 443")
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 443, 'closed'")
		"UPDATE attempt SET sport = 5 WHERE id = 100; UPDATE attempt SET sport = 6 WHERE id = 101;"
		"INSERT INTO flow (id, source, proto, src, sport, dst, dport, first_ns, last_ns, packets_out, packets_in,"
		" bytes_out, bytes_in, state, ifindex, iface, dir, class, vector, attempt, explained, first_packet)"
		" SELECT 99, source, proto, src, 6, dst, dport, first_ns, last_ns, packets_out, packets_in,"
		" bytes_out, bytes_in, state, ifindex, iface, dir, class, vector, attempt, explained, first_packet FROM flow WHERE id = 100;"
		"INSERT INTO name (flow, name, how, time_ns) VALUES (99, 'us.i.posthog.com', 'sni', 1),"
		" (100, 'api.anthropic.com', 'sni', 2), (100, 'sentry.io', 'sni', 3);");
	rows_judge(r);
	assert_rows(r->store, "SELECT id, vector FROM attempt WHERE id >= 100", "100|model_api;101|telemetry;");
	assert_rows(r->store, "SELECT id, vector FROM flow WHERE id IN (99, 100)", "99|telemetry;100|model_api;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(each_flow_has_its_explanation),
		rows_test(lookups_name_addresses),
		rows_test(an_attempts_own_name_goes_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
