-- SPDX-License-Identifier: Apache-2.0
-- 20,000 attempts of 120 processes to 3,000 destinations, 900 findings, long texts.
INSERT INTO verdict (verdict, scope, from_ns, to_ns, summary) VALUES
	('FAIL', 'session', 1795435200000000000, 1795435290000000000, 'The session left this machine 20,000 times.');
INSERT INTO coverage (witness, from_ns, to_ns, state, lost) VALUES ('kernel', 1795435200000000000, 1795435290000000000, 'seeing', 0);
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 119)
INSERT INTO process (id, pid, ppid, uid, comm, exe, in_cgroup, in_tree, first_ns)
SELECT 100 + i, 6000 + i, 4711, 1000, 'worker-' || i, '/opt/agent/libexec/' || substr('averyveryverylongdirectoryname', 1, 5 + i % 25) || '/worker-' || i, 1, 1, 1795435200000000000 FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
INSERT INTO attempt (time_ns, witness, call, proto, dst, dport, outcome, pid, uid, comm, process, in_cgroup, in_tree,
	in_session, suite, bytes_out, bytes_in, left_machine, class, vector, source, record)
SELECT 1795435200000000000 + i * 4500000, 'kernel', 'connect', 'tcp',
	CASE i % 5 WHEN 0 THEN '10.0.' ELSE '198.51.' END || (i % 3000 / 250) || '.' || (i % 250), 443,
	CASE i % 7 WHEN 0 THEN 'refused' ELSE 'ok' END, 6000 + i * 7 % 120, 1000, 'worker-' || (i * 7 % 120), 100 + i * 7 % 120, 1, 1,
	1, 0, i, i * 2, 1, CASE i % 5 WHEN 0 THEN 'private' ELSE 'public' END, CASE i % 3 WHEN 0 THEN 'telemetry' ELSE NULL END, 1, 1000 + i FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 899)
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'FAIL', 'egress', 'Destination number ' || i, substr(replace(hex(zeroblob(400)), '0', 'long text '), 1, i * 9 % 5000), '{"n":' || i || '}', NULL, 'Do something.' FROM n;
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy) VALUES
	('critical', 'FAIL', 'egress', 'A text without any place to break', replace(hex(zeroblob(2000)), '0', 'W'), '{}', NULL, '');
UPDATE attempt SET leaves = 1 WHERE class IN ('link_local', 'multicast', 'private', 'public') AND call <> 'socket';
