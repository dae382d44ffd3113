/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/judge_rows.h"

#include "analysis/check.h"

#define PASS VERDICT_PASS
#define FAIL VERDICT_FAIL
#define OPEN VERDICT_INCONCLUSIVE

#define ALLOWED FACT("policy", "[allow 198.51.100.1]\nreason = ours\n")

#define UNIX_PEER(path) ATTEMPT("1, 'connect', 'unix', '" path "', NULL, 'ok'")

#define DNS(id, name, way, flow)                                                                   \
	"INSERT INTO dns (id, source, time_ns, client, server, sport, dport, transport, qname, flow, dir," \
	" packet) VALUES (" id ", 2, 100400" id "000000, 'c', 's', 5000, 53, 'udp', '" name "', " flow ", '" \
	way "', 60);"

/* A question to the resolver of Windows, or one of its to a server. */
#define CLIENT(id, name, server, own)                                                              \
	"INSERT INTO dns (id, source, time_ns, client, server, sport, dport, transport, qname, packet, pid," \
	" in_session) VALUES (" id ", 1, 100400" id "000000, '', '" server "', 0, 0, 'client', '" name "', 60, 10, " own ");"

#define BY_ETW "UPDATE attempt SET witness = 'etw' WHERE id = 101;"

#define LOG(change, problem, lines, unread)                                                        \
	"INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change," \
	" problem, lines, unread) VALUES (1, 'agent', '/log', 'applogs/1-log', 'audit', 0, 0, 9, '" \
	change "', " problem ", " lines ", " unread ");"

#define APPLOG(state) "INSERT INTO witness (name, state, canaries, detail, remedy) VALUES ('applog', '" state "', 0, '', '');"

#define LOG_SOURCE "INSERT INTO source (id, path, reader, size, sha256) VALUES (9, 'applogs/1-log', 'app-plain', 0, '');"

#define EVENT(values)                                                                              \
	"INSERT INTO app_event (log, line, time_ns, text, dst, dport, disposition) VALUES"         \
	" (1, 1, 1004000001000, 'text', " values ");"

#define TOLD(number, packets, hash)                                                                \
	"INSERT INTO capture_told VALUES (" number ", 'capture-" number "', " packets ", 9, '" hash "', 1000000000000, 1005000000000);"
#define READ(number, packets, hash)                                                                \
	"INSERT INTO capture_file VALUES (2, " number ", " packets ", " number ", 'capture-" number "', 9, '" hash "');"

static const struct {
	const char *what, *sql;
	enum verdict wanted;
	const char *check; /* with '!': must not fire */
} cases[] = {
	/* what was aimed at another machine, whatever became of it */
	{"public", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'"), FAIL, "egress"},
	{"private", ATTEMPT("1, 'connect', 'tcp', '10.0.0.1', 443, 'timeout'"), FAIL, "egress"},
	{"link-local", ATTEMPT("1, 'sendto', 'udp', 'fe80::2', 443, 'ok'"), FAIL, "egress"},
	{"multicast", ATTEMPT("1, 'sendto', 'udp', '239.1.1.1', 1900, 'ok'"), FAIL, "egress"},
	{"broadcast", ATTEMPT("1, 'sendto', 'udp', '255.255.255.255', 9, 'ok'"), FAIL, "egress"},
	{"NAT64 of the loopback", ATTEMPT("1, 'connect', 'tcp', '64:ff9b::7f00:1', 80, 'refused'"), FAIL, "egress"},
	{"mapped", ATTEMPT("1, 'connect', 'tcp', '::ffff:198.51.100.1', 80, 'ok'"), FAIL, "egress"},
	{"mapped loopback", ATTEMPT("1, 'connect', 'tcp', '::ffff:127.0.0.1', 80, 'ok'"), PASS, "!egress"},
	{"net 0", ATTEMPT("1, 'connect', 'tcp', '0.1.2.3', 80, 'unreachable'"), FAIL, "egress"},
	{"unspecified", ATTEMPT("1, 'connect', 'tcp', '0.0.0.0', 80, 'ok'"), PASS, "!egress"},
	{"all of 127/8", ATTEMPT("1, 'connect', 'tcp', '127.9.9.9', 80, 'ok'"), PASS, "!egress"},
	{"sctp", ATTEMPT("1, 'sendto', 'sctp', '198.51.100.1', 80, 'ok'"), FAIL, "egress"},
	{"a protocol without a name", ATTEMPT("1, 'sendto', 'other', '198.51.100.1', 0, 'ok'"), FAIL, "egress"},
	{"not of the session", OTHER("0, '198.51.100.1', 443"), PASS, "other_egress"},
	{"refused", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'refused'"), FAIL, "egress"},
	{"stopped", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'denied'"), FAIL, "egress"},
	{"stopped, noted", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'denied'")
		FACT("policy", "[policy]\nstopped_attempts = note\n"), PASS, "egress"},
	{"stopped, but a packet left", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'unreachable'")
		"UPDATE attempt SET left_machine = 1 WHERE id = 100;"
		FACT("policy", "[policy]\nstopped_attempts = note\n"), FAIL, "egress"},
	{"out of the group, in the tree", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'")
		"UPDATE attempt SET in_cgroup = 0 WHERE id = 100;", FAIL, "egress"},

	/* addresses of our own, and where packets really went */
	{"own", ATTEMPT("1, 'connect', 'tcp', '192.0.2.1', 80, 'ok'"), PASS, "!egress"},
	{"own, in another namespace", ATTEMPT("1, 'connect', 'tcp', '192.0.2.1', 80, 'ok'")
		"UPDATE attempt SET netns = 77 WHERE id = 100;", FAIL, "egress"},
	{"own, moved away", ATTEMPT("1, 'connect', 'tcp', '192.0.2.1', 80, 'ok'")
		"UPDATE attempt SET left_machine = 1 WHERE id = 100;", FAIL, "egress"},
	{"loopback, translated on the way", ATTEMPT("1, 'connect', 'tcp', '127.0.0.1', 80, 'ok'")
		"UPDATE attempt SET left_machine = 1 WHERE id = 100;", FAIL, "egress"},
	{"our link-local address, on another link", ATTEMPT("1, 'connect', 'tcp', 'fe80::1', 80, 'ok'")
		"UPDATE attempt SET left_machine = 1 WHERE id = 100;", FAIL, "egress"},

	/* UDP that only names the other side */
	{"UDP connect", ATTEMPT("1, 'connect', 'udp', '198.51.100.1', 9, 'unknown'"), PASS, "udp_connect"},
	{"UDP connect and send", ATTEMPT("1, 'send', 'udp', '198.51.100.1', 9, 'ok'"), FAIL, "egress"},
	{"UDP connect, and a packet", ATTEMPT("1, 'connect', 'udp', '198.51.100.1', 9, 'unknown'")
		"UPDATE attempt SET left_machine = 1 WHERE id = 100;", FAIL, "egress"},

	/* without a destination */
	{"a raw send, to nobody knows whom", ATTEMPT("1, 'send', 'icmp', NULL, NULL, 'denied'"), OPEN, "unknown_destination"},
	{"the same with an empty one", ATTEMPT("1, 'send', 'icmp', '', 0, 'ok'"), OPEN, "unknown_destination"},
	{"a raw send that left", ATTEMPT("1, 'send', 'icmp', NULL, NULL, 'ok'")
		"UPDATE attempt SET left_machine = 1 WHERE id = 100;", FAIL, "egress"},
	{"a connect of another family", ATTEMPT("1, 'connect', 'other', '', NULL, 'ok'"), OPEN, "unknown_destination"},
	{"a text that is no address", ATTEMPT("1, 'connect', 'other', '@', NULL, 'ok'"), OPEN, "unknown_destination"},
	{"a raw socket", ATTEMPT("1, 'socket', 'icmp', NULL, NULL, 'ok'"), PASS, "special_socket"},
	{"a packet socket", ATTEMPT("1, 'socket', 'packet', NULL, NULL, 'ok'"), OPEN, "special_socket"},
	{"vsock", ATTEMPT("1, 'socket', 'vsock', NULL, NULL, 'ok'"), OPEN, "special_socket"},
	{"a packet socket of somebody else", ATTEMPT("0, 'socket', 'packet', NULL, NULL, 'ok'"), PASS, "!special_socket"},

	/* sockets that were handed on */
	{"used by another process", OTHER("0, '198.51.100.1', 443")
		EGRESS("7, 'tcp', '192.0.2.1', 5000, '198.51.100.1', 443, 1, 101"), FAIL, "passed_socket"},
	{"used by nobody that was seen", EGRESS("7, 'udp', '192.0.2.1', 5000, '198.51.100.1', 443, 1, NULL"), FAIL, "passed_socket"},
	{"not of the session", OTHER("0, '198.51.100.1', 443")
		EGRESS("7, 'tcp', '192.0.2.1', 5000, '198.51.100.1', 443, 0, 101"), PASS, "!passed_socket"},

	/* names */
	{"a question", ATTEMPT("1, 'sendto', 'udp', '198.51.100.53', 53, 'ok'"), FAIL, "name_leak"},
	{"a question is no other egress", ATTEMPT("1, 'sendto', 'udp', '198.51.100.53', 53, 'ok'"), FAIL, "!egress"},
	{"a stopped question, noted", ATTEMPT("1, 'sendto', 'udp', '198.51.100.53', 53, 'denied'")
		FACT("policy", "[policy]\nstopped_attempts = note\n"), PASS, "name_leak"},
	{"forwarded", "UPDATE flow SET dport = 11434 WHERE id = 10;" DNS("201", "a.example", "local", "10")
		DNS("202", "a.example", "out", "11"), FAIL, "name_forwarded"},
	{"forwarded in other letters", DNS("201", "a.example", "local", "10") DNS("202", "A.eXample", "out", "11"), FAIL, "name_forwarded"},
	{"forwarded with a domain", DNS("201", "build", "local", "10") DNS("202", "build.corp.example", "out", "11"), FAIL, "name_forwarded"},
	{"another name went out", DNS("201", "build", "local", "10") DNS("202", "builds.example", "out", "11"), PASS, "!name_forwarded"},
	{"before it was asked", DNS("201", "a.example", "out", "11") DNS("299", "a.example", "local", "10")
		"UPDATE dns SET time_ns = time_ns - 2000000000 WHERE id = 201;", PASS, "!name_forwarded"},
	{"a resolver that is not there", ATTEMPT("1, 'connect', 'unix', '/run/nscd/socket', NULL, 'failed'")
		DNS("202", "a.example", "out", "11"), PASS, "!name_proxy"},
	{"a resolver behind a Unix socket", UNIX_PEER("/run/nscd/socket") DNS("202", "a.example", "out", "11"), OPEN, "name_proxy"},

	{"forwarded by Windows", CLIENT("201", "build", "", "1") CLIENT("202", "Build.corp.example", "198.51.100.53", "0"), FAIL, "name_resolver"},
	{"to a resolver of this machine", CLIENT("201", "build", "", "1") CLIENT("202", "build", "192.0.2.1", "0"), PASS, "!name_resolver"},
	{"for somebody else", CLIENT("201", "build", "", "0") CLIENT("202", "build", "198.51.100.53", "0"), PASS, "!name_resolver"},
	{"in a trace that somebody brought", CLIENT("201", "build", "", "1") CLIENT("202", "build", "198.51.100.53", "0")
		"INSERT INTO source (id, path, reader, size, sha256) VALUES (4, 'a.etl', 'etl', 1, ''); UPDATE dns SET source = 4;",
		PASS, "!name_resolver"},

	/* other programs of this machine */
	{"a service of Windows", OTHER("1000, '198.51.100.1', 443") BY_ETW, OPEN, "service_peer"},
	{"Windows itself", OTHER("1000, '198.51.100.1', 445") BY_ETW "UPDATE attempt SET pid = 4 WHERE id = 101;", OPEN, "service_peer"},
	{"a service to where it may", OTHER("1000, '198.51.100.1', 443") BY_ETW
		FACT("policy", "[allow 198.51.100.1]\nreason = ours\n"), PASS, "!service_peer"},
	{"a service before that", OTHER("1000, '198.51.100.1', 443") BY_ETW
		"UPDATE attempt SET time_ns = 999500000000 WHERE id = 101;", PASS, "!service_peer"},
	{"a Unix socket", UNIX_PEER("/run/docker.sock"), PASS, "unix_peer"},
	{"and somebody reached out", UNIX_PEER("/run/docker.sock") OTHER("0, '198.51.100.1', 443"), OPEN, "unix_peer"},
	{"to where it may", UNIX_PEER("/run/docker.sock") OTHER("0, '198.51.100.1', 443")
		FACT("policy", "[allow 198.51.100.1]\nreason = ours\n"), PASS, "unix_peer"},
	{"before that", UNIX_PEER("/run/docker.sock") OTHER("0, '198.51.100.1', 443")
		"UPDATE attempt SET time_ns = 1000500000000 WHERE id = 101;", PASS, "unix_peer"},
	{"before that, and it went on", UNIX_PEER("/run/docker.sock") OTHER("0, '198.51.100.1', 443")
		"UPDATE attempt SET time_ns = 1000500000000, sport = 50100 WHERE id = 101;"
		FLOW("'out', 'tcp', '192.0.2.1', 50100, '198.51.100.1', 443, 'closed'"), OPEN, "unix_peer"},
	{"only the log", UNIX_PEER("/run/systemd/journal/socket") OTHER("0, '198.51.100.1', 443"), PASS, "!unix_peer"},
	{"a tunnel of the same user", UNIX_PEER("/home/u/.ssh/cm") TUNNEL("1000")
		"UPDATE attempt SET uid = 1000 WHERE id = 100;", OPEN, "unix_peer"},
	{"a tunnel of another user", UNIX_PEER("/home/u/.ssh/cm") TUNNEL("0")
		"UPDATE attempt SET uid = 1000 WHERE id = 100;", PASS, "unix_peer"},
	{"a tunnel of datagrams", UNIX_PEER("/home/u/.ssh/cm") UDP_TUNNEL("1000")
		"UPDATE attempt SET uid = 1000 WHERE id = 100;", OPEN, "unix_peer"},
	{"the server's user reached out", OTHER("998, '198.51.100.1', 443"), OPEN, "local_peer"},
	{"another user did", OTHER("1000, '198.51.100.1', 443"), PASS, "!local_peer"},
	{"before it was asked", OTHER("998, '198.51.100.1', 443")
		"UPDATE attempt SET time_ns = 1000500000000 WHERE id = 101;", PASS, "!local_peer"},
	{"before it was asked, and it went on", OTHER("998, '198.51.100.1', 443")
		"UPDATE attempt SET time_ns = 1000500000000, sport = 50100 WHERE id = 101;"
		FLOW("'out', 'tcp', '192.0.2.1', 50100, '198.51.100.1', 443, 'closed'"), OPEN, "local_peer"},
	{"to where it may", OTHER("998, '198.51.100.1', 443")
		FACT("policy", "[allow 198.51.100.1]\nreason = the host of the model\n"), PASS, "!local_peer"},
	{"a server of root may be anybody", OTHER("33, '198.51.100.1', 443")
		"UPDATE socket SET uid = 0 WHERE lport = 11434;", OPEN, "local_peer"},
	{"who listens is not known", OTHER("33, '198.51.100.1', 443")
		"DELETE FROM socket; UPDATE witness SET state = 'missing' WHERE name = 'sock_diag';", OPEN, "local_peer"},
	{"a server of the session's own", OTHER("998, '198.51.100.1', 443")
		"DELETE FROM socket WHERE lport = 11434;", PASS, "!local_peer"},
	{"a server that came up meanwhile, and is there when all has ended", OTHER("998, '198.51.100.1', 443")
		"UPDATE socket SET moment = 'after' WHERE lport = 11434;", OPEN, "local_peer"},
	{"a server that refused", OTHER("998, '198.51.100.1', 443")
		"UPDATE attempt SET outcome = 'refused' WHERE id = 10;", PASS, "!local_peer"},
	{"the server is a tunnel", TUNNEL("998"), OPEN, "local_peer"},
	{"the server is a tunnel of datagrams", UDP_TUNNEL("998"), OPEN, "local_peer"},
	{"somebody else's tunnel", TUNNEL("1000"), PASS, "!local_peer"},
	{"a tunnel that was silent", TUNNEL("998")
		"UPDATE flow SET first_ns = 998000000000, last_ns = 999000000000 WHERE id = 100;", PASS, "!local_peer"},
	{"the login over which all this runs",
		SOCKET("'tcp', 'LISTEN', 0, '0.0.0.0', 22, '0.0.0.0', 0")
		SOCKET("'tcp', 'ESTAB', 998, '192.0.2.1', 22, '198.51.100.22', 50022")
		FLOW("'out', 'tcp', '192.0.2.1', 22, '198.51.100.22', 50022, 'midstream'"), PASS, "!local_peer"},

	/* what no attempt tells of */
	{"a process that was there before", TUNNEL("1000")
		"INSERT INTO process (pid, in_cgroup, in_tree, first_ns) VALUES (30, 0, 1, 999000000000);", OPEN, "older_socket"},
	{"of another user", TUNNEL("0")
		"INSERT INTO process (pid, ppid, uid, in_cgroup, in_tree, first_ns) VALUES (30, 1, 1000, 0, 1, 999000000000);", PASS, "!older_socket"},
	{"answers of one that left the group", SOCKET("'tcp', 'LISTEN', 1000, '0.0.0.0', 8000, '0.0.0.0', 0")
		FLOW("'in', 'tcp', '198.51.100.9', 50000, '192.0.2.1', 8000, 'closed'")
		"INSERT INTO process (pid, uid, in_cgroup, in_tree, first_ns) VALUES (30, 1000, 0, 1, 1001000000000);", OPEN, "older_socket"},
	{"a closed port answered", FLOW("'in', 'tcp', '198.51.100.9', 50000, '192.0.2.1', 8000, 'refused'")
		"INSERT INTO process (pid, ppid, uid, in_cgroup, in_tree, first_ns) VALUES (30, 10, 1000, 0, 1, 1001000000000);", PASS, "!older_socket"},
	{"the whole host", TUNNEL("0") FACT("scope", "host"), OPEN, "older_socket"},
	{"only the session", TUNNEL("0"), PASS, "!older_socket"},
	{"a file server", SOCKET("'tcp', 'ESTAB', 0, '192.0.2.1', 700, '10.0.0.5', 2049")
		FLOW("'out', 'tcp', '192.0.2.1', 700, '10.0.0.5', 2049, 'midstream'"), OPEN, "network_file"},
	{"one that connected anew", FLOW("'out', 'tcp', '192.0.2.1', 700, '10.0.0.5', 445, 'established'") OTHER("0, '10.0.0.5', 445")
		"UPDATE attempt SET comm = 'kworker/u8:1' WHERE id = 101;", OPEN, "network_file"},
	{"packets of before", FLOW("'out', 'udp', '192.0.2.1', 5000, '198.51.100.1', 443, 'one_way'")
		"UPDATE flow SET first_ns = 998000000000, last_ns = 999000000000 WHERE id = 100;", PASS, "!unattributed"},
	{"packets of the session by the kernel's count alone", FACT("egress_packets", "3"), OPEN, "unattributed"},
	{"that seem to be another's", FACT("egress_packets", "1")
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 443, 'closed'") OTHER("0, '198.51.100.1', 443"), OPEN, "unattributed"},
	{"with an attempt of its own", FACT("egress_packets", "3") ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'") ALLOWED
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 443, 'closed'"), PASS, "!unattributed"},
	{"none of them", FACT("egress_packets", "0"), PASS, "!unattributed"},

	/* witness against witness */
	{"a connection without a packet", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'") ALLOWED, OPEN, "packetless"},
	{"with one", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'") ALLOWED
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 443, 'closed'"), PASS, "!packetless"},
	{"a mapped one", ATTEMPT("1, 'connect', 'tcp', '::ffff:198.51.100.1', 443, 'ok'") ALLOWED
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 443, 'closed'"), OPEN, "!packetless"},
	{"that was refused", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'refused'") ALLOWED, PASS, "!packetless"},
	{"in another namespace", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'") ALLOWED
		"UPDATE attempt SET netns = 77 WHERE id = 100;", PASS, "!packetless"},
	{"where no packets were looked at", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'")
		"DELETE FROM canary_seen; UPDATE flow SET sport = 1 WHERE id <= 4;"
		FACT("policy", "[policy]\nrequired = kernel\n[allow 198.51.100.1]\nreason = ours\n"), PASS, "!packetless"},
	{"a socket that no event opened", SEEN_SOCKET("during", "1000", "198.51.100.1"), OPEN, "unopened_socket"},
	{"of a user that is not of the session", SEEN_SOCKET("during", "33", "198.51.100.1"), PASS, "unopened_socket"},
	{"to this machine", SEEN_SOCKET("during", "1000", "192.0.2.1"), PASS, "!unopened_socket"},
	{"that an event opened", SEEN_SOCKET("during", "1000", "198.51.100.1") OTHER("33, '198.51.100.1', 443")
		"UPDATE attempt SET cookie = 99 WHERE id = 101;", PASS, "!unopened_socket"},
	{"that was there before", SEEN_SOCKET("during", "1000", "198.51.100.1") SEEN_SOCKET("before", "1000", "198.51.100.1"), PASS, "!unopened_socket"},
	{"that was accepted", SEEN_SOCKET("during", "1000", "198.51.100.1")
		SOCKET("'tcp', 'LISTEN', 1000, '0.0.0.0', 50100, '0.0.0.0', 0"), PASS, "!unopened_socket"},
	{"a socket that was gone unseen", SEEN_SOCKET("destroyed", "1000", "198.51.100.1"), OPEN, "unseen_socket"},
	{"the same of somebody else", SEEN_SOCKET("destroyed", "33", "198.51.100.1"), PASS, "unseen_socket"},
	{"that an event told of", SEEN_SOCKET("destroyed", "1000", "198.51.100.1") OTHER("33, '198.51.100.1', 443")
		"UPDATE attempt SET cookie = 99 WHERE id = 101;", PASS, "!unseen_socket"},
	{"a process that began unseen", "INSERT INTO process (pid, in_cgroup, in_tree, first_ns) VALUES (30, 1, 0, 1001000000000);", PASS, "tree_hole"},
	{"and left the group", "INSERT INTO process (pid, uid, in_cgroup, in_tree, first_ns) VALUES (30, 1000, 0, 1, 1001000000000);", OPEN, "tree_hole"},
	{"the command, before it was executed", "INSERT INTO process (pid, in_cgroup, in_tree, first_ns) VALUES (30, 1, 1, 1001000000000);"
		FACT("command_pid", "30"), PASS, "!tree_hole"},
	{"of which a fork told", "INSERT INTO process (pid, ppid, in_cgroup, in_tree, first_ns) VALUES (30, 10, 1, 0, 1001000000000);", PASS, "!tree_hole"},

	/* the files of the capture */
	{"as they were told", TOLD("1", "3", "aa") TOLD("2", "4", "bb") READ("1", "3", "aa") READ("2", "4", "bb"), PASS, "!capture_file"},
	{"one told by nobody, of a collector that told of none", READ("1", "3", "aa"), PASS, "!capture_file"},
	{"one is missing", TOLD("1", "3", "aa") TOLD("2", "4", "bb") TOLD("3", "5", "cc") READ("1", "3", "aa") READ("3", "5", "cc"), OPEN, "capture_file"},
	{"the last one is missing", TOLD("1", "3", "aa") TOLD("2", "4", "bb") READ("1", "3", "aa"), OPEN, "capture_file"},
	{"one was changed", TOLD("1", "3", "aa") READ("1", "3", "ab"), OPEN, "capture_file"},
	{"two were swapped", TOLD("1", "3", "aa") TOLD("2", "3", "bb") READ("1", "3", "bb") READ("2", "3", "aa"), OPEN, "capture_file"},
	{"one is there twice", TOLD("1", "3", "aa") READ("1", "3", "aa") READ("2", "3", "aa"), OPEN, "capture_file"},
	{"one lacks packets", TOLD("1", "3", "aa") READ("1", "2", "aa"), OPEN, "capture_file"},
	{"none told of the first", TOLD("2", "3", "aa") READ("2", "3", "aa"), OPEN, "capture_file"},
	{"told twice", TOLD("1", "3", "aa") TOLD("1", "3", "aa") READ("1", "3", "aa"), OPEN, "capture_file"},
	{"of a redacted copy, which tells no hash", "INSERT INTO capture_told VALUES (1, 'capture.pcapng', NULL, NULL, NULL, 1, 2);"
		READ("1", "3", "aa"), PASS, "!capture_file"},
	{"read by itself", TOLD("1", "3", "aa") "UPDATE source SET sha256 = 'aa', size = 9, records = 3 WHERE id = 2;", PASS, "!capture_file"},
	{"another one was read by itself", TOLD("1", "3", "aa") "UPDATE source SET sha256 = 'ab', size = 9, records = 3 WHERE id = 2;", OPEN, "capture_file"},
	{"packets of a missing one are lost", TOLD("1", "3", "aa"), OPEN, "witness_loss"},

	/* the watch itself */
	{"a witness that nobody asked for died", "UPDATE witness SET state = 'died' WHERE name = 'sock_diag';"
		"UPDATE socket SET uid = 998;", PASS, "witness_missing"},
	{"and had a gap", "DELETE FROM socket WHERE lport IN (32001, 32003);", PASS, "witness_blind"},
	{"one build of the part is enough", "UPDATE witness_part SET state = 'missing' WHERE part = 'syscall';"
		"INSERT INTO witness_part VALUES ('kernel', 'syscall_all', 'on', '');", PASS, "!witness_part"},
	/* without rights */
	{"calls alone", CALLS_ALONE, PASS, "!witness_missing"},
	{"calls alone, but the policy wants more", CALLS_ALONE FACT("policy", "[policy]\nrequired = kernel, packets\n"), OPEN, "witness_missing"},
	{"calls alone, and enough for the policy", CALLS_ALONE FACT("policy", "[policy]\nrequired = seccomp\n"), PASS, "!polling"},
	{"calls alone, and blind", CALLS_ALONE "UPDATE attempt SET suite = 0 WHERE id = 3;", OPEN, "witness_blind"},
	{"calls alone, and not apart from others", CALLS_ALONE "DELETE FROM witness_part;", OPEN, "witness_part"},
	{"calls alone, of another session", CALLS_ALONE FACT("tier", "full"), OPEN, "witness_missing"},
	{"calls alone, outwards", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'") CALLS_ALONE, FAIL, "egress"},
	{"calls alone, UDP pointed outwards", ATTEMPT("1, 'connect', 'udp', '198.51.100.1', 9, 'ok'") CALLS_ALONE, OPEN, "udp_connect"},
	{"calls alone, hidden", ATTEMPT("1, 'connect', 'other', NULL, NULL, 'denied'") CALLS_ALONE, OPEN, "unknown_destination"},
	{"calls alone, another program asked", UNIX_PEER("/run/docker.sock") CALLS_ALONE, OPEN, "unix_peer"},
	{"calls alone, one of its own asked", UNIX_PEER("/run/docker.sock") CALLS_ALONE "UPDATE attempt SET own_peer = 1 WHERE id = 100;", PASS, "!unix_peer"},
	{"calls alone, nobody there to be asked", ATTEMPT("1, 'connect', 'unix', '/run/nscd/socket', NULL, 'failed'") CALLS_ALONE, PASS, "!unix_peer"},
	{"calls alone, a resolver asked", ATTEMPT("1, 'sendto', 'udp', '127.0.0.53', 53, 'ok'") CALLS_ALONE, OPEN, "name_proxy"},
	{"calls alone, refused a packet socket", ATTEMPT("1, 'socket', 'packet', NULL, NULL, 'denied'") CALLS_ALONE, PASS, "special_socket"},
	{"calls alone, the server is open to others", SEEN_SOCKET("during", "998", "198.51.100.1") CALLS_ALONE, OPEN, "local_peer"},
	{"calls alone, somebody else is", SEEN_SOCKET("during", "33", "198.51.100.1") CALLS_ALONE, PASS, "!local_peer"},
	{"calls alone, an end that nobody explains", SEEN_SOCKET("destroyed", "1000", "198.51.100.1") CALLS_ALONE, OPEN, "unseen_socket"},
	{"calls alone, called from outside", SEEN_SOCKET("during", "1000", "198.51.100.1") LISTENS("50100") CALLS_ALONE, OPEN, "answered"},
	{"calls alone, called from here, while nobody else has a way out", HERE("50300") LISTENS("50101") CALLS_ALONE, PASS, "!local_peer"},
	{"calls alone, called from here", HERE("50300") LISTENS("50101") SEEN_SOCKET("during", "33", "198.51.100.1") CALLS_ALONE, OPEN, "local_peer"},
	{"calls alone, called by itself", HERE("50300") LISTENS("50101") SEEN_SOCKET("during", "33", "198.51.100.1")
		ATTEMPT("1, 'connect', 'tcp', '127.0.0.1', 50101, 'ok'") "UPDATE attempt SET sport = 50300 WHERE id = 100;" CALLS_ALONE, PASS, "!local_peer"},
	{"calls alone, a port on which it did not listen", HERE("50300") SEEN_SOCKET("during", "33", "198.51.100.1") CALLS_ALONE, PASS, "!local_peer"},
	{"calls alone, not called from outside", SEEN_SOCKET("during", "1000", "127.0.0.1") LISTENS("50100") CALLS_ALONE, PASS, "!answered"},

	{"calls alone inside, a resolver that is not there", ATTEMPT("1, 'sendto', 'udp', '127.0.0.53', 53, 'ok'") CALLS_ALONE ISOLATED, PASS, "!name_proxy"},
	{"calls alone inside, somebody outside has an end", SEEN_SOCKET("destroyed", "1000", "198.51.100.1") CALLS_ALONE ISOLATED, PASS, "!unseen_socket"},
	{"calls alone inside, somebody outside listens there, too", SEEN_SOCKET("during", "1000", "198.51.100.1") LISTENS("50100") CALLS_ALONE ISOLATED, PASS, "!answered"},
	{"calls alone inside, a server outside is open to others", SEEN_SOCKET("during", "998", "198.51.100.1") CALLS_ALONE ISOLATED, PASS, "!local_peer"},
	{"calls alone inside, outwards", ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'unreachable'") CALLS_ALONE ISOLATED, FAIL, "egress"},

	{"only looks now and then", FACT("policy", "[policy]\nrequired = sock_diag\n"), OPEN, "polling"},
	{"and one that watches", FACT("policy", "[policy]\nrequired = sock_diag, packets\n"), PASS, "!polling"},
	{"a witness of another platform", FACT("policy", "[policy]\nrequired = etw\n"), OPEN, "witness_missing"},
	{"an event that is of no matter", "INSERT INTO skipped VALUES (1, 'an event of somebody that is not read', 9, 7, '');", PASS, "!skipped"},
	{"one that is", "INSERT INTO skipped VALUES (1, 'an event of somebody that breaks its layout', 9, 7, '');", OPEN, "skipped"},
	{"loss", "UPDATE loss SET lost = 3 WHERE witness = 'kernel' AND time_ns > 1000000000000;", OPEN, "witness_loss"},
	{"ended by the user", "UPDATE session SET value = 'ended by the user' WHERE name = 'close_reason';", PASS, "unfinished"},
	{"the time was up", "UPDATE session SET value = 'the time was up' WHERE name = 'close_reason';"
		"INSERT INTO left_process VALUES (12, 'daemon');", PASS, "left_running"},
	{"a second one that was watched", "INSERT INTO later_process VALUES (1001000000000, 31, 'app', '/opt/app', 'exe', 'followed');", PASS, "later_process"},
	{"one that ran already when it was found", "INSERT INTO later_process VALUES (1001000000000, 31, 'app', '/opt/app', 'exe', 'followed'), "
		"(1001000000001, 32, 'app', '/opt/app', 'exe', 'late');", OPEN, "later_process"},
	{"one that was gone", "INSERT INTO later_process VALUES (1001000000000, 31, 'app', NULL, 'cgroup', 'unknown');", OPEN, "later_process"},
	{"the clock set back", FACT("clock_back_ns", "3600000000000"), OPEN, "clock_step"},
	{"a second place that fails", "INSERT INTO witness_part VALUES ('head', 'dir:/var/heads', 'died', 'No space left on device');", OPEN, "second_place"},
	{"a second place that heard it all", "INSERT INTO witness_part VALUES ('head', 'dir:/var/heads', 'on', '');", PASS, "!second_place"},
	{"a log of a TPM that could be taken away", "INSERT INTO witness_part VALUES ('head', 'tpm:/var/heads', 'on', 'the user of the session can take its log away');", PASS, "second_place"},
	{"the clock set ahead", FACT("clock_ahead_ns", "3600000000000"), PASS, "clock_step"},
	{"the clock", "UPDATE session SET value = 'false' WHERE name = 'clock_synchronised';", PASS, "clock"},
	{"an unread line of a log", "INSERT INTO skipped VALUES (3, 'no time', 1, 7, 'x');", PASS, "!skipped"},

	/* a session that was isolated */
	{"isolated", ISOLATED, PASS, "!isolation"},
	{"what must not work did", ISOLATED "UPDATE isolation_proof SET held = 0;", OPEN, "isolation"},
	{"nothing was tried", ISOLATED "DELETE FROM isolation_proof;", OPEN, "isolation"},
	{"let through", ISOLATED OPEN_SOCKET("/run/docker.sock", "kept"), OPEN, "isolation_open"},
	{"came up, and the kernel shows that nobody asked", ISOLATED OPEN_SOCKET("/home/a/s", "came up"), PASS, "isolation_open"},
	{"came up, and was asked", ISOLATED OPEN_SOCKET("/home/a/s", "came up") UNIX_PEER("/home/a/s"), OPEN, "isolation_open"},
	{"came up, another one was asked", ISOLATED OPEN_SOCKET("/home/a/s", "came up") UNIX_PEER("/home/a/other"), PASS, "isolation_open"},
	{"came up, and nobody watched", ISOLATED UNWATCHED "DELETE FROM attempt; DELETE FROM flow;" OPEN_SOCKET("/home/a/s", "came up"), OPEN, "isolation_open"},
	{"of no known place, and a relative one was asked", ISOLATED OPEN_SOCKET("s", "unknown") UNIX_PEER("s"), OPEN, "isolation_open"},
	{"a home on a file server", ISOLATED OPEN_SOCKET("/home", "nfs4"), OPEN, "isolation_open"},
	{"carried, and watched", ISOLATED CARRIED_OUT, PASS, "carried"},
	{"carried, and the server reached out", ISOLATED CARRIED_OUT OTHER("998, '198.51.100.1', 443"), OPEN, "local_peer"},
	{"a server of its own with the port of another", ISOLATED OTHER("998, '198.51.100.1', 443"), PASS, "!local_peer"},
	{"no server was there", ISOLATED UNWATCHED "DELETE FROM attempt; DELETE FROM flow;" CARRIED_OUT "UPDATE carried SET state = 'failed';", PASS, "!carried"},
	{"a socket in a folder that is its own", ISOLATED UNIX_PEER("/run/docker.sock") OTHER("0, '198.51.100.1', 443"), PASS, "!unix_peer"},
	{"an abstract one", ISOLATED UNIX_PEER("@bus") OTHER("0, '198.51.100.1', 443"), PASS, "!unix_peer"},
	{"a socket in a folder that is shared", ISOLATED UNIX_PEER("/tmp/work/s") OTHER("0, '198.51.100.1', 443"), OPEN, "unix_peer"},
	{"only that it held is asked for", FACT("policy", "[policy]\nrequired = isolation\n") ISOLATED UNWATCHED
		"DELETE FROM attempt; DELETE FROM flow;", PASS, "!polling"},

	/* the app's own log */
	{"unreadable", LOG("appended", "'no permission'", "0", "0"), OPEN, "log_unreadable"},
	{"lines unread", LOG("appended", "NULL", "100", "1"), OPEN, "log_unreadable"},
	{"few lines unread", LOG("appended", "NULL", "100", "1")
		FACT("policy", "[policy]\napp_log_unread_percent = 1\n"), PASS, "!log_unreadable"},
	{"few lines unread, all of them counted", LOG("appended", "NULL", "100", "1") LOG_SOURCE
		"INSERT INTO skipped VALUES (9, 'a line', 1, 7, 'text');"
		FACT("policy", "[policy]\napp_log_unread_percent = 1\n"), PASS, "!log_unreadable"},
	{"not read to its end", LOG("appended", "NULL", "100", "1") LOG_SOURCE
		"INSERT INTO skipped VALUES (9, 'a line', 1, 7, 'text'), (9, 'the decoder ended by signal 9', 1, 0, '');"
		FACT("policy", "[policy]\napp_log_unread_percent = 1\n"), OPEN, "log_unreadable"},
	{"cut", LOG("truncated", "NULL", "1", "0"), OPEN, "log_changed"},
	{"rotated", LOG("rotated", "NULL", "1", "0"), PASS, "log_changed"},
	{"confirmed", LOG("appended", "NULL", "1", "0") EVENT("'127.0.0.1', 11434, 'allowed'"), PASS, "!log_unobserved"},
	{"alone", LOG("appended", "NULL", "1", "0") EVENT("'127.0.0.1', 1, 'allowed'"), OPEN, "log_unobserved"},
	{"blocked, and nobody saw it", LOG("appended", "NULL", "1", "0") EVENT("'198.51.100.1', 443, 'blocked'"), PASS, "!log_unobserved"},
	{"a lie", LOG("appended", "NULL", "1", "0") EVENT("'127.0.0.1', 11434, 'blocked'"), FAIL, "log_contradicted"},
	{"agreed by a guess at the clock", LOG("appended", "NULL", "1", "0") EVENT("'127.0.0.1', 11434, 'allowed'")
		"UPDATE app_log SET time_slack_ns = 3600000000000, zone = 'UTC', zone_why = 'a guess';"
		"UPDATE app_event SET time_ns = time_ns + 60000000000;", OPEN, "log_time"},
	{"a guess that was not needed", LOG("appended", "NULL", "1", "0") EVENT("'127.0.0.1', 11434, 'allowed'")
		"UPDATE app_log SET time_slack_ns = 3600000000000;", PASS, "!log_time"},
	{"silence", LOG("appended", "NULL", "0", "0") ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'"), FAIL, "log_unreported"},
	{"silence of what may be", LOG("appended", "NULL", "0", "0") ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'")
		FACT("policy", "[allow 198.51.100.1]\nreason = ours\n"), OPEN, "log_unreported"},
	{"required and there", LOG("appended", "NULL", "0", "0") FACT("policy", "[policy]\napp_log = required\n"), PASS, "!log_required"},
	{"required, and read by a witness", APPLOG("on") LOG("appended", "NULL", "0", "0") FACT("policy", "[policy]\napp_log = required\n"),
		PASS, "!uncovered"},
	{"required, and its witness died", APPLOG("died") LOG("appended", "NULL", "0", "0") FACT("policy", "[policy]\napp_log = required\n"),
		OPEN, "witness_missing"},
	{"required, and none for its witness", APPLOG("on") FACT("policy", "[policy]\napp_log = required\n"), OPEN, "!witness_missing"},
};

static void each_check_fires_where_it_should(void **state)
{
	struct rows *r = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		bool absent = cases[i].check[0] == '!';
		char question[160];
		rows_do(r, whole_session);
		rows_do(r, cases[i].sql);
		enum verdict v = rows_judge(r);
		snprintf(question, sizeof question, "SELECT count(*) > 0 FROM finding WHERE check_id = '%s'",
			 cases[i].check + absent);
		bool fired = rows_number(r->store, question);
		if (v != cases[i].wanted || fired == absent) {
			print_error("%s: %s, %s %s; findings: %s\n", cases[i].what, verdict_name(v),
				    cases[i].check, fired ? "fired" : "did not fire",
				    rows_get(r->store, "SELECT effect, check_id, title FROM finding"));
			wrong++;
		}
		rows_do(r, clean_session);
	}
	assert_int_equal(wrong, 0);
}

/* Every statement fills all columns in, whoever's rows they are. */
static void findings_are_whole(void **state)
{
	struct rows *r = *state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		rows_do(r, whole_session);
		rows_do(r, cases[i].sql);
		rows_judge(r);
		assert_rows(r->store, "SELECT check_id, title FROM finding WHERE title = '' OR detail = '' OR NOT json_valid(evidence)", "");
		rows_do(r, clean_session);
	}
}

/* A ClientHello without a server name has a row of `name`, but gives the place none. */
static void a_place_is_not_called_by_an_empty_name(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'")
		"UPDATE attempt SET sport = 5 WHERE id = 100;"
		FLOW("'out', 'tcp', '192.0.2.1', 5, '198.51.100.1', 443, 'closed'")
		"INSERT INTO name (id, flow, name, how, time_ns) VALUES (1, 100, '', 'tls', 1);");
	rows_judge(r);
	assert_rows(r->store, "SELECT count(*) FROM finding WHERE check_id = 'egress' AND detail LIKE '%which is%'", "0;");
	rows_do(r, "INSERT INTO name (id, flow, name, how, time_ns) VALUES (2, 100, 'api.example', 'dns', 1);");
	rows_judge(r);
	assert_rows(r->store, "SELECT count(*) FROM finding WHERE check_id = 'egress' AND detail LIKE '%which is api.example:%'", "1;");
	static const enum query told[] = {QUERY_REPORT_EGRESS, QUERY_REPORT_TALLY_GROUP};
	static const int column[] = {13, 10}, first[] = {10, 100}; /* how many, of which attempt */
	for (size_t i = 0; i < LENGTH(told); i++) {
		sqlite3_stmt *q = store_query(r->store, told[i]);
		store_bind_i64(q, 1, first[i]);
		assert_int_equal(sqlite3_step(q), SQLITE_ROW);
		assert_string_equal(store_text(q, column[i]), "api.example");
		sqlite3_reset(q);
	}
}

/* Who carried a session from another system is told what that system has. */
static void each_platform_has_its_witnesses(void **state)
{
	struct rows *r = *state;
	static const struct {
		const char *system, *remedy;
	} systems[] = {
		{"Linux", "%Ask airgap-verify doctor."},
		{"Windows", "Windows has the witnesses etw and socket_tables: %(required = etw, socket_tables)%"},
		{"Darwin", "macOS has the witnesses packets and socket_tables: %(required = packets, socket_tables)%"},
	};
	for (size_t i = 0; i < LENGTH(systems); i++) {
		char sql[256];
		rows_do(r, whole_session);
		rows_do(r, "UPDATE witness SET state = 'missing' WHERE name = 'kernel';");
		snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO session VALUES ('system', '%s');", systems[i].system);
		rows_do(r, sql);
		assert_int_equal(rows_judge(r), OPEN);
		snprintf(sql, sizeof sql,
			 "SELECT remedy LIKE '%s' FROM finding WHERE check_id = 'witness_missing' AND title LIKE '%%kernel'",
			 systems[i].remedy);
		assert_rows(r->store, sql, "1;");
		rows_do(r, clean_session);
	}
}

static void every_check_is_described(void **state)
{
	(void)state;
	assert_true(check_count > 20);
	for (size_t i = 0; i < check_count; i++) {
		assert_true(checks[i].id[0] && checks[i].title[0] && checks[i].shows[0]);
		assert_non_null(strstr("FAIL INCONCLUSIVE NOTE", checks[i].effect));
		for (size_t k = 0; k < i; k++)
			assert_true(strcmp(checks[i].id, checks[k].id) != 0 && checks[i].query != checks[k].query);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(each_check_fires_where_it_should),
		rows_test(findings_are_whole),
		rows_test(a_place_is_not_called_by_an_empty_name),
		rows_test(each_platform_has_its_witnesses),
		cmocka_unit_test(every_check_is_described),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
