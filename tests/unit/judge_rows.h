/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_JUDGE_ROWS_H
#define TESTS_UNIT_JUDGE_ROWS_H

/*
 * The rows of a session in which nothing left, whole in every respect: it is PASS.
 * Tests take one thing away, or put one in, and judge again. Times are told in
 * seconds: the command ran from 1000 to 1009, the watch ended at 1010, the canaries
 * were made at 999 and 1011.
 */

#include "tests/unit/fake_store.h"

#include "analysis/judge.h"

static const char whole_session[] =
	"INSERT INTO session (name, value) VALUES ('watch_from_ns', '1000000000000'),"
	" ('watch_to_ns', '1010000000000'), ('command_ended_ns', '1009000000000'),"
	" ('command_state', 'ended'), ('close_reason', 'the command ended'), ('scope', 'session'),"
	" ('clock_synchronised', 'true');"
	"INSERT INTO source (id, path, reader, size, sha256) VALUES"
	" (1, 'evidence.ndjson', 'evidence', 1, ''), (2, 'capture.pcapng', 'pcapng', 1, ''),"
	" (3, 'applogs/1-log', 'app-jsonl', 1, '');"
	"INSERT INTO checkpoint VALUES (1, 100, 100, 2, 1, NULL, 1012000000000);"
	"INSERT INTO witness (name, state, canaries, detail, remedy) VALUES"
	" ('kernel', 'on', 1, '', ''), ('packets', 'on', 1, '', ''), ('sock_diag', 'on', 1, '', '');"
	"INSERT INTO witness_part VALUES ('kernel', 'syscall', 'on', ''), ('kernel', 'cgroup', 'on', '');"
	"INSERT INTO loss SELECT t.t, w.name, 0 FROM witness w,"
	" (SELECT 998000000000 AS t UNION ALL SELECT 1012000000000) t;"
	"INSERT INTO host_address VALUES ('127.0.0.1', 1, 'lo', 998000000000),"
	" ('192.0.2.1', 2, 'eth0', 998000000000), ('fe80::1', 2, 'eth0', 998000000000);"
	/* canaries: 1, 2 before, 3, 4 after */
	"INSERT INTO canary (id, round, time_ns, end_ns, proto, src, sport, dst, dport) VALUES"
	" (1, 1, 999000000000, 999100000000, 'tcp', '127.0.0.1', 31001, '127.0.0.1', 32001),"
	" (2, 1, 999000000000, 999100000000, 'udp', '::1', 31002, '::1', 32002),"
	" (3, 2, 1011000000000, 1011100000000, 'tcp', '127.0.0.1', 31003, '127.0.0.1', 32003),"
	" (4, 2, 1011000000000, 1011100000000, 'udp', '::1', 31004, '::1', 32004);"
	"INSERT INTO attempt (id, time_ns, witness, call, proto, sport, dst, dport, outcome, pid, comm,"
	" in_cgroup, in_tree, in_session, suite, netns, source, record)"
	" SELECT id, time_ns + 1000, 'kernel', 'connect', proto, sport, dst, dport, 'ok', 9, 'airgap-collect',"
	" 0, 0, 0, 1, 1, 1, id FROM canary;"
	"INSERT INTO flow (id, source, proto, src, sport, dst, dport, first_ns, last_ns, packets_out,"
	" packets_in, bytes_out, bytes_in, state, iface, dir, first_packet)"
	" SELECT id, 2, proto, src, sport, dst, dport, time_ns + 2000, time_ns + 3000, 3, 2, 1, 0,"
	" 'closed', 'lo', 'local', id FROM canary;"
	"INSERT INTO socket (time_ns, witness, proto, local, lport, remote, rport, state, uid, moment, source, record)"
	" SELECT time_ns + 4000, 'sock_diag', proto, dst, dport, src, sport, 'ESTAB', 0, 'before', 1, 20 + id FROM canary;"
	/* a model server that was there before, run by a user of its own */
	"INSERT INTO socket (time_ns, witness, proto, local, lport, remote, rport, state, uid, moment, source, record)"
	" VALUES (999000004000, 'sock_diag', 'tcp', '127.0.0.1', 11434, '0.0.0.0', 0, 'LISTEN', 998, 'before', 1, 30);"
	"INSERT INTO process (id, pid, ppid, uid, comm, exe, in_cgroup, in_tree, first_ns) VALUES"
	" (1, 10, 9, 1000, 'agent', '/opt/agent', 1, 1, 1000000000000);"
	"INSERT INTO attempt (id, time_ns, witness, call, proto, sport, dst, dport, outcome, pid, uid, comm,"
	" process, in_cgroup, in_tree, in_session, suite, cookie, netns, source, record) VALUES"
	" (10, 1001000000000, 'kernel', 'connect', 'tcp', 40001, '127.0.0.1', 11434, 'ok', 10, 1000, 'agent',"
	"  1, 1, 1, 1, 0, 5, 1, 1, 40),"
	" (11, 1002000000000, 'kernel', 'connect', 'tcp', 40002, '192.0.2.1', 80, 'refused', 10, 1000, 'agent',"
	"  1, 1, 1, 1, 0, 6, 1, 1, 41);"
	"INSERT INTO flow (id, source, proto, src, sport, dst, dport, first_ns, last_ns, packets_out,"
	" packets_in, bytes_out, bytes_in, state, iface, dir, first_packet) VALUES"
	" (10, 2, 'tcp', '127.0.0.1', 40001, '127.0.0.1', 11434, 1001000001000, 1008000000000, 9, 9, 900, 900,"
	"  'closed', 'lo', 'local', 10),"
	" (11, 2, 'arp', '192.0.2.1', NULL, '192.0.2.9', NULL, 1003000000000, 1003000000000, 1, 0, 0, 0,"
	"  'request', 'eth0', 'out', 11);";

/* It ran isolated, and that held. */
#define ISOLATED                                                                                   \
	"INSERT INTO session VALUES ('isolated', 'true'), ('isolation_hidden', '[\"/tmp\",\"/run\"]'),"  \
	" ('isolation_passed', '[\"/tmp/work\"]');"                                                       \
	"INSERT INTO witness (name, state, canaries, detail, remedy) VALUES ('isolation', 'on', 1, '', '');" \
	"INSERT INTO loss VALUES (998000000000, 'isolation', 0), (1012000000000, 'isolation', 0);"         \
	"INSERT INTO isolation_proof VALUES ('tcp4', 'a connection', 1, 'unreachable', 50);"               \
	"INSERT INTO isolation_look VALUES (999000000000, 1, 1, ''), (1011000000000, 2, 1, '');"

#define OPEN_SOCKET(path, reason) "INSERT INTO isolation_open VALUES (1001000000000, '" path "', '" reason "', 51);"

#define CARRIED_OUT                                                                                \
	"INSERT INTO carried VALUES (1001000000000, 1002000000000, 1, 'tcp', '127.0.0.1', 11434, 40001, 'ended', NULL, 9, 9, 52);"

#define UNWATCHED "UPDATE witness SET state = 'missing' WHERE name IN ('kernel', 'packets');"

/* judge() has a transaction of its own, so that rows are put back by hand. */
static const char clean_session[] =
	"DELETE FROM finding; DELETE FROM match; DELETE FROM app_event; DELETE FROM app_log;"
	"DELETE FROM skipped; DELETE FROM canary_seen; DELETE FROM canary; DELETE FROM name; DELETE FROM dns;"
	"DELETE FROM egress; DELETE FROM flow; DELETE FROM attempt; DELETE FROM process; DELETE FROM socket;"
	"DELETE FROM left_process; DELETE FROM later_process; DELETE FROM witness; DELETE FROM witness_part; DELETE FROM loss;"
	"DELETE FROM audit_run; DELETE FROM audit_known; DELETE FROM audit_fact; DELETE FROM audit_log;"
	"DELETE FROM posture_item; DELETE FROM posture_listener;"
	"DELETE FROM isolation_proof; DELETE FROM isolation_look; DELETE FROM isolation_open; DELETE FROM carried;"
	"DELETE FROM capture_told; DELETE FROM capture_file;"
	"DELETE FROM host_address; DELETE FROM checkpoint; DELETE FROM session; DELETE FROM source;";

static inline void rows_do(struct rows *r, const char *sql)
{
	sqlite3 *db = sqlite3_db_handle(store_query(r->store, QUERY_SESSION_VALUE));
	char *why = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		print_error("%s: %s\n", sql, why);
	assert_null(why);
}

static inline enum verdict rows_judge(struct rows *r)
{
	struct error err = {0};
	enum verdict v = VERDICT_PASS;
	enum status status = judge(r->store, NULL, &v, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	return v;
}

/* Columns of `attempt` that most tests give, and values behind them. */
#define ATTEMPT(values)                                                                            \
	"INSERT INTO attempt (id, time_ns, witness, source, in_cgroup, in_tree, suite, netns, record," \
	" pid, comm, in_session, call, proto, dst, dport, outcome)"                                \
	" VALUES (100, 1004000000000, 'kernel', 1, 1, 1, 0, 1, 50, 10, 'agent', " values ");"

/* An attempt of another program. */
#define OTHER(values)                                                                              \
	"INSERT INTO attempt (id, time_ns, witness, source, in_cgroup, in_tree, suite, netns, record," \
	" pid, comm, in_session, call, proto, outcome, uid, dst, dport)"                           \
	" VALUES (101, 1004000000000, 'kernel', 1, 0, 0, 0, 1, 51, 20, 'other', 0, 'connect', 'tcp', 'ok', " \
	values ");"

#define FLOW(values)                                                                               \
	"INSERT INTO flow (id, source, first_ns, last_ns, packets_out, packets_in, bytes_out, bytes_in," \
	" iface, first_packet, dir, proto, src, sport, dst, dport, state)"                         \
	" VALUES (100, 2, 1004000001000, 1004500000000, 3, 2, 10, 10, 'eth0', 50, " values ");"

#define SOCKET(values)                                                                             \
	"INSERT INTO socket (time_ns, witness, moment, source, record, proto, state, uid, local, lport," \
	" remote, rport) VALUES (999000004000, 'sock_diag', 'before', 1, 31, " values ");"

/* What the session sent went to another port, and only the answers seem to come from its server. */
#define LED(from, port)                                                                            \
	"UPDATE flow SET packets_out = 0 WHERE id = 10;"                                            \
	FLOW("'local', 'tcp', '127.0.0.1', " from ", '127.0.0.1', " port ", 'established'")         \
	"UPDATE flow SET packets_in = 0, first_ns = 1001000000500 WHERE id = 100;"

#define EGRESS(values)                                                                             \
	"INSERT INTO egress (id, time_ns, ifindex, size, source, record, cookie, proto, src, sport, dst," \
	" dport, in_cgroup, attempt) VALUES (100, 1004000000500, 2, 60, 1, 52, " values ");"

#define FACT(name, value) "INSERT OR REPLACE INTO session VALUES ('" name "', '" value "');"

/* A connection that was there before the watch, of this user, and its packets. */
#define TUNNEL(user)                                                                              \
	SOCKET("'tcp', 'ESTAB', " user ", '192.0.2.1', 50022, '198.51.100.22', 22")                 \
	FLOW("'out', 'tcp', '192.0.2.1', 50022, '198.51.100.22', 22, 'midstream'")

/* The same by datagrams. */
#define UDP_TUNNEL(user)                                                                          \
	SOCKET("'udp', 'ESTAB', " user ", '192.0.2.1', 50022, '198.51.100.22', 443")                \
	FLOW("'out', 'udp', '192.0.2.1', 50022, '198.51.100.22', 443, ''")

/* A row of the kernel's table with a cookie of its own. */
#define SEEN_SOCKET(moment, user, remote)                                                          \
	"INSERT INTO socket (time_ns, witness, moment, source, record, cookie, proto, state, uid, local, lport, remote, rport)" \
	" VALUES (1004000000000, 'sock_diag', '" moment "', 1, 32, 99, 'tcp', 'ESTAB', " user ", '192.0.2.1', 50100, '" remote "', 443);"

/* Without rights: the session's own calls are witnessed, and the tables of sockets. */
#define CALLS_ALONE                                                                                \
	"UPDATE attempt SET witness = 'seccomp'; UPDATE witness SET name = 'seccomp' WHERE name = 'kernel';"     \
	"UPDATE loss SET witness = 'seccomp' WHERE witness = 'kernel'; DELETE FROM witness_part; DELETE FROM flow;" \
	"INSERT INTO witness_part VALUES ('seccomp', 'confined', 'on', '');"                                \
	"DELETE FROM witness WHERE name = 'packets';" FACT("tier", "unprivileged")

#define LISTENS(port)                                                                              \
	"INSERT INTO socket (time_ns, witness, moment, source, record, proto, state, pid, local, lport)"    \
	" VALUES (1003000000000, 'seccomp', 'listen', 1, 33, 'tcp', 'LISTEN', 10, '0.0.0.0', " port ");"

/* The same, and who called it, where the kernel tells of others; somebody else's server. */
#define SERVES(moment, port)                                                                       \
	"INSERT INTO socket (time_ns, witness, moment, source, record, proto, state, pid, process, uid, local, lport)" \
	" VALUES (1003000000000, 'kernel', '" moment "', 1, 33, 'tcp', 'LISTEN', 10, 'agent', 1000, '0.0.0.0', " port ");"
#define IN_ANOTHER_NAMESPACE "UPDATE socket SET netns = 77 WHERE witness = 'kernel';"
#define CALLER(user, port, outcome)                                                                \
	"INSERT INTO attempt (id, time_ns, witness, source, in_cgroup, in_tree, suite, netns, record, pid, comm," \
	" in_session, call, proto, outcome, uid, dst, dport) VALUES (99, 1003500000000, 'kernel', 1, 0, 0, 0, 1, 49, 20," \
	" 'other', 0, 'connect', 'tcp', '" outcome "', " user ", '127.0.0.1', " port ");"

/* A connection over the loopback, at the end of who listens on port 50101. */
#define HERE(from)                                                                                 \
	"INSERT INTO socket (time_ns, witness, moment, source, record, cookie, proto, state, local, lport, remote, rport)" \
	" VALUES (1004000000000, 'sock_diag', 'destroyed', 1, 34, 98, 'tcp', 'UNCONN', '127.0.0.1', 50101, '127.0.0.1', " from ");"

#endif
