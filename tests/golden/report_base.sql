-- SPDX-License-Identifier: Apache-2.0
-- What the report tests share: a session of 90 seconds from 2026-11-23 12:00:00 UTC
-- (1795435200), its witnesses, processes and what it did on this machine.
INSERT INTO session (name, value) VALUES
	('id', '5f3a9c1e7b2d4860a1c4e2f9d0b35876'),
	('host', 'build-07'), ('os', 'Linux'), ('system', 'Debian GNU/Linux 12 (bookworm)'),
	('kernel', '6.1.0-18-amd64'), ('machine', 'x86_64'), ('boot_id', '0d5e7c1a-93b4-4c1f-8a55-2f6d1f0c9e42'),
	('user', 'anna'), ('uid', '1000'), ('through', 'sudo'), ('tier', 'full'), ('scope', 'session'),
	('command', 'opencode run --model local/qwen2.5-coder ''add a test for the parser'''),
	('command_state', 'ended'), ('command_status', '0'), ('close_reason', 'command ended'),
	('command_ended_ns', '1795435288500000000'), ('started_ns', '1795435199500000000'), ('watch_from_ns', '1795435200000000000'),
	('watch_to_ns', '1795435290000000000'), ('packets', 'headers'),
	('clock_synchronised', 'true'), ('clock_source', 'tsc'), ('clock_offset_ns', '-184000'),
	('clock_maximum_error_ns', '21500000'), ('collector_version', '0.1.0'),
	('collector_sha256', 'b1946ac92492d2347c6235b4d2611184f7c1c0dfb3f1f0f6a1c7b5a0a2d41c77'),
	('policy_sha256', '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730'),
	('policy', '[watch]' || char(10) || 'scope = session' || char(10) || 'require = kernel, packets' || char(10) || char(10) ||
		'[allow]' || char(10) || 'destination = 10.20.0.5:8080' || char(10) ||
		'reason = the model server of the laboratory' || char(10));
INSERT INTO source (id, path, reader, size, sha256, records) VALUES
	(1, 'evidence.ndjson', 'evidence', 918223, '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', 4123),
	(2, 'capture.pcapng', 'pcapng', 482112, 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9', 1840),
	(3, 'applogs/agent.jsonl', 'app-jsonl', 20114, 'baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096', 96);
INSERT INTO artifact (path, size, sha256, what, collected_ns)
	SELECT path, size, sha256, 'raw evidence', 1795435291000000000 FROM source;
INSERT INTO artifact (path, size, sha256, what, collected_ns) VALUES
	('session.json', 3120, '486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7', 'the session: who, where, when', 1795435291000000000),
	('tools/ss-during.txt', 8120, 'e258d248fda94c63753607f7c4494ee0fcbe92f1a76bfdac795c9d84101eb317', 'output of ss', 1795435245000000000);
INSERT INTO checkpoint (source, sealed_bytes, bytes, count, closed, problem, last_ns) VALUES
	(1, 918223, 918223, 91, 1, NULL, 1795435290000000000);
INSERT INTO image (id, path, size, sha256, problem) VALUES
	(1, '/usr/local/bin/opencode', 48211004, '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', NULL),
	(2, '/usr/bin/git', 3714368, '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752', NULL),
	(3, '/usr/bin/node', NULL, NULL, 'gone before it could be read');
INSERT INTO process (id, pid, ppid, uid, comm, exe, image, in_cgroup, in_tree, first_ns, last_ns, status) VALUES
	(1, 4711, 4710, 1000, 'opencode', '/usr/local/bin/opencode', 1, 1, 1, 1795435200010000000, 1795435289000000000, 0),
	(2, 4720, 4711, 1000, 'git', '/usr/bin/git', 2, 1, 1, 1795435207000000000, 1795435208000000000, 0),
	(3, 4733, 4711, 1000, 'node', '/usr/bin/node', 3, 1, 1, 1795435212000000000, 1795435288000000000, 0),
	(4, 880, 1, 0, 'systemd-resolve', '/usr/lib/systemd/systemd-resolved', NULL, 0, 0, 1795435200000000000, NULL, NULL);
-- The model server on loopback, the resolver on loopback, D-Bus.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
INSERT INTO attempt (time_ns, witness, call, proto, src, sport, dst, dport, outcome, pid, tid, uid, comm, process,
	in_cgroup, in_tree, in_session, suite, bytes_out, bytes_in, left_machine, class, source, record)
SELECT 1795435200000000000 + i * 1450000000, 'kernel', 'connect', 'tcp', '127.0.0.1', 40000 + i, '127.0.0.1', 11434, 'ok',
	4711, 4711, 1000, 'opencode', 1, 1, 1, 1, 0, 2048 + i, 9000 + i, 0, 'loopback', 1, 100 + i FROM n;
INSERT INTO attempt (time_ns, witness, call, proto, dst, outcome, pid, uid, comm, process,
	in_cgroup, in_tree, in_session, suite, class, source, record) VALUES
	(1795435212400000000, 'kernel', 'connect', 'unix', '/run/dbus/system_bus_socket', 'ok', 4733, 1000, 'node', 3, 1, 1, 1, 0, 'unix', 1, 201);
-- Canaries of the tool, and another program of the host: never the session's.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
INSERT INTO attempt (time_ns, witness, call, proto, dst, dport, outcome, pid, comm, in_cgroup, in_tree, in_session, suite,
	class, source, record)
SELECT 1795435200000000000 + i * 7000000000, 'kernel', 'connect', 'tcp', '127.0.0.1', 50000 + i * 37, 'ok', 4700, 'airgap-collect',
	0, 0, 0, 1, 'loopback', 1, 300 + i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
INSERT INTO canary (round, time_ns, end_ns, proto, src, sport, dst, dport)
SELECT i, 1795435200000000000 + i * 7000000000, 1795435200005000000 + i * 7000000000, 'tcp', '127.0.0.1', 33000 + i,
	'127.0.0.1', 50000 + i * 37 FROM n;
INSERT INTO attempt (time_ns, witness, call, proto, dst, dport, outcome, pid, comm, process, in_cgroup, in_tree, in_session,
	suite, left_machine, class, source, record) VALUES
	(1795435233000000000, 'kernel', 'sendto', 'udp', '192.0.2.123', 123, 'ok', 612, 'chronyd', NULL, 0, 0, 0, 0, 1, 'public', 1, 330);
INSERT INTO witness (name, state, canaries, required, detail, remedy) VALUES
	('kernel', 'on', 1, 1, 'kernel programs attached to connect, sendto, sendmsg, sendmmsg and io_uring, and to the egress hook of the session''s cgroup', ''),
	('packets', 'on', 1, 1, 'AF_PACKET on every interface, headers and names kept', ''),
	('sock_diag', 'on', 0, 0, 'sock_diag every 500 ms', ''),
	('tools', 'on', 0, 0, 'ss, nft', '');
INSERT INTO witness_part (witness, part, state, detail) VALUES
	('kernel', 'connect', 'on', ''), ('kernel', 'uring_submit', 'on', ''),
	('tools', 'ss', 'on', 'iproute2-6.1.0'), ('tools', 'lsof', 'missing', 'not installed'), ('tools', 'netstat', 'missing', 'not installed');
INSERT INTO flow (id, source, proto, src, sport, dst, dport, first_ns, last_ns, packets_out, packets_in, bytes_out, bytes_in,
	state, iface, dir, class, attempt, explained, first_packet) VALUES
	(1, 2, 'tcp', '127.0.0.1', 40001, '127.0.0.1', 11434, 1795435201450000000, 1795435289000000000, 640, 610, 122880, 540000,
	 'closed', 'lo', 'local', 'loopback', 1, 'attempt', 4);
INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change, problem, lines, events, other, unread,
	zone, zone_why, described) VALUES
	(1, 'opencode', '/home/anna/.local/share/opencode/log/audit.jsonl', 'applogs/agent.jsonl', 'audit', 81220, 81220, 101334, 'appended', NULL, 96, 61, 35, 0,
	 'UTC', 'a guess: nothing tells it', 'logs.d/gate.ini (SHA-256 00)');
UPDATE attempt SET leaves = 1 WHERE dst = '192.0.2.123';
INSERT INTO session (name, value) VALUES ('policy.app_log', 'optional');
INSERT INTO control (framework, control, objective, evidence_kind, strength, status, findings, rev3, title, missing, limits, person, examine) VALUES
	('cmmc-l2', 'SC.L2-3.13.6', 'a', 'E1 the firewall''s rules', 'supporting', 'This run shows: E1 the firewall''s rules.', '[1]', '03.13.06', 'traffic is denied by default', '', 'one host', 'name the policy', 'Artifact, Document'),
	('hipaa', '164.312(b)', '-', '', 'weak', 'This run shows nothing for it.', '[]', NULL, 'audit controls (required standard)', '', 'one window', 'sign', 'Document');
