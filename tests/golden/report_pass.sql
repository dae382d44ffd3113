-- SPDX-License-Identifier: Apache-2.0
INSERT INTO verdict (verdict, scope, from_ns, to_ns, summary) VALUES
	('PASS', 'session', 1795435200000000000, 1795435290000000000,
	 'Nothing of the session left this machine: 61 attempts, all within it, and no name lookup; both required witnesses saw the whole 90 seconds.');
INSERT INTO coverage (witness, from_ns, to_ns, state, lost) VALUES
	('kernel', 1795435200000000000, 1795435290000000000, 'seeing', 0),
	('packets', 1795435200000000000, 1795435290000000000, 'seeing', 0),
	('sock_diag', 1795435200000000000, 1795435290000000000, 'seeing', 0);
INSERT INTO attempt (time_ns, witness, call, proto, dst, dport, outcome, pid, uid, comm, process, in_cgroup, in_tree, in_session,
	suite, class, source, record) VALUES
	(1795435214000000000, 'kernel', 'connect', 'udp', '192.0.2.1', 9, 'ok', 4733, 1000, 'node', 3, 1, 1, 1, 0, 'public', 1, 260);
INSERT INTO match (outcome, attempt, offset_ns) SELECT 'confirmed', id, 1200000 FROM attempt WHERE in_session = 1;
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy) VALUES
	('info', 'NOTE', 'others', 'Another program of this machine reached out', 'chronyd (612) sent to 192.0.2.123 port 123. It is outside the scope and was not judged.',
	 '{"file":"evidence.ndjson","record":330}', NULL, 'Run with the scope "host" to have it judged.');
