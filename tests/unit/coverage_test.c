/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

#include "analysis/steps.h"

/* A third round at 1005 s that everybody saw. */
static const char middle_round[] =
	"INSERT INTO canary (id, round, time_ns, end_ns, proto, src, sport, dst, dport) VALUES"
	" (5, 9, 1005000000000, 1005100000000, 'tcp', '127.0.0.1', 31005, '127.0.0.1', 32005);"
	"UPDATE canary SET round = 10 WHERE round = 2;"
	"INSERT INTO attempt (id, time_ns, witness, call, proto, sport, dst, dport, outcome, in_cgroup, in_tree,"
	" in_session, suite, netns, source, record) VALUES (5, 1005000001000, 'kernel', 'connect', 'tcp', 31005,"
	" '127.0.0.1', 32005, 'ok', 0, 0, 0, 1, 1, 1, 5);"
	"INSERT INTO flow (id, source, proto, src, sport, dst, dport, first_ns, last_ns, packets_out, packets_in,"
	" bytes_out, bytes_in, state, dir, first_packet) VALUES (5, 2, 'tcp', '127.0.0.1', 31005, '127.0.0.1', 32005,"
	" 1005000002000, 1005000003000, 1, 1, 1, 1, 'closed', 'local', 5);"
	"INSERT INTO socket (time_ns, witness, proto, local, lport, remote, rport, state, uid, moment, source, record)"
	" VALUES (1005000004000, 'sock_diag', 'tcp', '127.0.0.1', 32005, '127.0.0.1', 31005, 'ESTAB', 0, 'during', 1, 25);";

#define SPANS                                                                                      \
	"SELECT witness, from_ns / 1000000000, to_ns / 1000000, state, lost FROM coverage "        \
	"WHERE witness <> 'sock_diag' ORDER BY witness, from_ns"

static const struct {
	const char *what, *sql, *wanted;
} cases[] = {
	{"all saw all", "", "kernel|999|1005100|seeing|0;kernel|1005|1011100|seeing|0;"
			    "packets|999|1005100|seeing|0;packets|1005|1011100|seeing|0;"},
	{"a round that was not seen darkens both sides", "DELETE FROM attempt WHERE id = 5;",
	 "kernel|999|1005100|blind|0;kernel|1005|1011100|blind|0;"
	 "packets|999|1005100|seeing|0;packets|1005|1011100|seeing|0;"},
	{"one canary of two is not the round", "DELETE FROM flow WHERE id = 2;",
	 "kernel|999|1005100|seeing|0;kernel|1005|1011100|seeing|0;"
	 "packets|999|1005100|blind|0;packets|1005|1011100|seeing|0;"},
	{"loss where the counter moved", "INSERT INTO loss VALUES (1007000000000, 'kernel', 4);"
					 "UPDATE loss SET lost = 4 WHERE witness = 'kernel' AND time_ns > 1008000000000;",
	 "kernel|999|1005100|lost|4;kernel|1005|1011100|lost|4;"
	 "packets|999|1005100|seeing|0;packets|1005|1011100|seeing|0;"},
	{"loss only behind", "INSERT INTO loss VALUES (1005200000000, 'kernel', 0);"
			     "UPDATE loss SET lost = 4 WHERE witness = 'kernel' AND time_ns > 1008000000000;",
	 "kernel|999|1005100|seeing|0;kernel|1005|1011100|lost|4;"
	 "packets|999|1005100|seeing|0;packets|1005|1011100|seeing|0;"},
	{"loss that was there before", "UPDATE loss SET lost = 4 WHERE witness = 'kernel';",
	 "kernel|999|1005100|seeing|0;kernel|1005|1011100|seeing|0;"
	 "packets|999|1005100|seeing|0;packets|1005|1011100|seeing|0;"},
	{"one round shows nothing", "DELETE FROM canary WHERE round > 1;", ""},
	{"none", "DELETE FROM canary;", ""},
	{"an attempt of another program is no canary", "UPDATE attempt SET suite = 0 WHERE id = 5;",
	 "kernel|999|1005100|blind|0;kernel|1005|1011100|blind|0;"
	 "packets|999|1005100|seeing|0;packets|1005|1011100|seeing|0;"},
	{"another witness's attempt is no sight of the kernel's", "UPDATE attempt SET witness = 'etw' WHERE id = 5;",
	 "kernel|999|1005100|blind|0;kernel|1005|1011100|blind|0;"
	 "packets|999|1005100|seeing|0;packets|1005|1011100|seeing|0;"},
	{"the ports of another round", "UPDATE attempt SET dport = 32001 WHERE id = 5;",
	 "kernel|999|1005100|blind|0;kernel|1005|1011100|blind|0;"
	 "packets|999|1005100|seeing|0;packets|1005|1011100|seeing|0;"},
};

static void spans_between_rounds(void **state)
{
	struct rows *r = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		rows_do(r, whole_session);
		rows_do(r, middle_round);
		rows_do(r, cases[i].sql);
		rows_judge(r);
		const char *got = rows_get(r->store, SPANS);
		if (strcmp(got, cases[i].wanted) != 0) {
			print_error("%s: %s\n", cases[i].what, got);
			wrong++;
		}
		rows_do(r, clean_session);
	}
	assert_int_equal(wrong, 0);
}

/* Two rounds may draw the same ports; each still needs its own sighting. */
static void the_same_ports_in_two_rounds(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, "UPDATE canary SET sport = 31001, dport = 32001 WHERE id = 3; DELETE FROM attempt WHERE id = 3;"
		   "DELETE FROM flow WHERE id = 3;");
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	assert_rows(r->store, "SELECT canary, witness FROM canary_seen WHERE canary IN (1, 3) AND witness <> 'sock_diag'",
		    "1|kernel;1|packets;");
}

/* Sockets are asked for connections only, and tools are compared when they are read. */
static void what_each_witness_must_see(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, "DELETE FROM socket WHERE proto = 'udp' OR lport = 11434;"
		   "INSERT INTO witness (name, state, canaries, detail, remedy) VALUES ('tools', 'on', 1, '', ''), ('applog', 'on', 0, '', '');"
		   "INSERT INTO canary_seen VALUES (1, 'tools'), (3, 'tools');");
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_rows(r->store, "SELECT witness, state FROM coverage",
		    "kernel|seeing;packets|seeing;sock_diag|seeing;tools|seeing;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(spans_between_rounds),
		rows_test(the_same_ports_in_two_rounds),
		rows_test(what_each_witness_must_see),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
