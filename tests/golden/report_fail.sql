-- SPDX-License-Identifier: Apache-2.0
INSERT INTO verdict (verdict, scope, from_ns, to_ns, summary) VALUES
	('FAIL', 'session', 1795435200000000000, 1795435290000000000,
	 'The session left this machine: 48 attempts to 7 destinations, among them api.telemetry.example (203.0.113.80), and 9 name lookups.');
INSERT INTO coverage (witness, from_ns, to_ns, state, lost) VALUES
	('kernel', 1795435200000000000, 1795435290000000000, 'seeing', 0),
	('packets', 1795435200000000000, 1795435260000000000, 'seeing', 0),
	('packets', 1795435260000000000, 1795435260200000000, 'lost', 31),
	('packets', 1795435260200000000, 1795435290000000000, 'seeing', 0),
	('sock_diag', 1795435200000000000, 1795435290000000000, 'seeing', 0);
-- Telemetry, again and again; then one of each other kind.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
INSERT INTO attempt (time_ns, witness, call, proto, src, sport, dst, dport, outcome, pid, tid, uid, comm, process,
	in_cgroup, in_tree, in_session, suite, bytes_out, bytes_in, left_machine, class, vector, source, record)
SELECT 1795435213000000000 + i * 1800000000, 'kernel', 'connect', 'tcp', '192.168.10.7', 51000 + i, '203.0.113.80', 443, 'ok',
	4733, 4733, 1000, 'node', 3, 1, 1, 1, 0, 1400, 620, 1, 'public', 'telemetry', 1, 400 + i FROM n;
INSERT INTO attempt (id, time_ns, witness, call, proto, dst, dport, outcome, errno, pid, uid, comm, process, in_cgroup, in_tree,
	in_session, suite, bytes_out, bytes_in, left_machine, class, vector, allowed, source, record) VALUES
	(1001, 1795435204000000000, 'kernel', 'connect', 'tcp', '2001:db8:85a3::8a2e:370:7334', 443, 'timeout', 110, 4711, 1000, 'opencode', 1, 1, 1, 1, 0, NULL, NULL, 1, 'public', 'model_api', 0, 1, 501),
	(1002, 1795435207500000000, 'kernel', 'connect', 'tcp', '198.51.100.22', 443, 'refused', 111, 4720, 1000, 'git', 2, 1, 1, 1, 0, 0, 0, 1, 'public', 'update', 0, 1, 502),
	(1003, 1795435215000000000, 'kernel', 'sendto', 'udp', '239.255.255.250', 1900, 'ok', NULL, 4733, 1000, 'node', 3, 1, 1, 1, 0, 172, 0, 1, 'multicast', NULL, 0, 1, 503),
	(1004, 1795435216000000000, 'kernel', 'connect', 'tcp', '10.20.0.5', 8080, 'ok', NULL, 4711, 1000, 'opencode', 1, 1, 1, 1, 0, 90112, 481234, 1, 'private', 'model_api', 1, 1, 504),
	(1005, 1795435217000000000, 'kernel', 'sendto', 'icmp6', 'fe80::1', NULL, 'ok', NULL, 4733, 1000, 'node', 3, 1, 1, 1, 0, 64, 0, 1, 'link_local', NULL, 0, 1, 505),
	(1006, 1795435218000000000, 'kernel', 'socket', 'packet', NULL, NULL, 'denied', 1, 4733, 1000, 'node', 3, 1, 1, 1, 0, NULL, NULL, 0, NULL, NULL, 0, 1, 506),
	(1007, 1795435240000000000, 'kernel', 'connect', 'tcp', '203.0.113.200', 443, 'ok', NULL, 4733, 1000, 'evil' || char(27) || '[31m' || char(8238) || 'gpj.x', 3, 1, 1, 1, 0, 12345678, 92, 1, 'public', 'webview', 0, 1, 507),
	(1008, 1795435241000000000, 'kernel', 'connect', 'tcp', '203.0.113.201', 443, 'ok', NULL, 4733, 1000, 'node', 3, 1, 1, 1, 0, 4000, 90000, 1, 'public', 'extension', 0, 1, 508),
	(1009, 1795435214000000000, 'kernel', 'sendto', 'udp', '192.168.10.1', 53, 'ok', NULL, 4733, 1000, 'node', 3, 1, 1, 1, 0, 400, 1200, 1, 'private', 'name_lookup', 0, 1, 509);
INSERT INTO flow (id, source, proto, src, sport, dst, dport, first_ns, last_ns, packets_out, packets_in, bytes_out, bytes_in,
	state, iface, dir, class, vector, attempt, explained, first_packet) VALUES
	(2, 2, 'tcp', '192.168.10.7', 51001, '203.0.113.80', 443, 1795435214800000000, 1795435216000000000, 9, 8, 1400, 620, 'closed', 'enp1s0', 'out', 'public', 'telemetry',
	 (SELECT min(id) FROM attempt WHERE dst = '203.0.113.80'), 'attempt', 40),
	(3, 2, 'tcp', '192.168.10.7', 52003, '203.0.113.200', 443, 1795435240000000000, 1795435250000000000, 9000, 30, 12345678, 92, 'closed', 'enp1s0', 'out', 'public', 'webview', 1007, 'attempt', 400),
	(4, 2, 'udp', '192.168.10.7', 53999, '203.0.113.99', 443, 1795435270000000000, 1795435270500000000, 12, 0, 14000, 0, NULL, 'enp1s0', 'out', 'public', NULL, NULL, NULL, 1700),
	(5, 2, 'udp', '192.168.10.7', 41234, '192.168.10.1', 53, 1795435214000000000, 1795435262000000000, 9, 9, 400, 1200, NULL, 'enp1s0', 'out', 'private', 'name_lookup', 1009, 'attempt', 38);
INSERT INTO name (flow, name, how, time_ns) VALUES (2, 'api.telemetry.example', 'sni', 1795435214900000000),
	(3, 'cdn.a-very-long-host-name-that-does-not-fit-into-one-line.webview-assets.example', 'sni', 1795435240100000000);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9)
INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, query_id, qname, qtype, rcode, answers, flow, dir, vector, packet)
SELECT 2, 1795435209000000000 + i * 5000000000, '192.168.10.7', '192.168.10.1', 41234, 53, 'udp', i,
	CASE i % 3 WHEN 0 THEN 'api.telemetry.example' WHEN 1 THEN 'update.example.net' ELSE 'x' || i || '.exfil.example.org' END,
	CASE i % 2 WHEN 0 THEN 'A' ELSE 'AAAA' END, 'NOERROR', '["203.0.113.80"]', 5, 'out', 'name_lookup', 30 + i FROM n;
INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, query_id, qname, qtype, rcode, answers, flow, dir, packet) VALUES
	(2, 1795435209500000000, '127.0.0.1', '127.0.0.53', 38111, 53, 'udp', 77, 'localhost', 'A', 'NOERROR', '["127.0.0.1"]', NULL, 'local', 29);
INSERT INTO app_event (id, log, line, time_ns, process, pid, host, dst, dport, proto, disposition, text) VALUES
	(1, 1, 12, 1795435240000000000, 'node', 4733, '203.0.113.200', '203.0.113.200', 443, 'tcp', 'blocked', '{"time":"2026-11-23T12:00:40Z","action":"blocked","host":"203.0.113.200","port":443}'),
	(2, 1, 14, 1795435266000000000, 'node', 4733, 'plugins.example.com', NULL, 443, 'tcp', 'blocked', '{"time":"2026-11-23T12:01:06Z","action":"blocked","host":"plugins.example.com","port":443}');
INSERT INTO match (outcome, attempt, offset_ns) SELECT 'confirmed', id, 1200000 FROM attempt WHERE in_session = 1 AND class = 'loopback';
INSERT INTO match (outcome, attempt, flow, app_event, offset_ns) VALUES ('contradicted', 1007, 3, 1, 900000), ('unobserved', NULL, NULL, 2, NULL), ('unattributed', NULL, 4, NULL, NULL);
INSERT INTO match (outcome, attempt) SELECT 'unreported', id FROM attempt WHERE in_session = 1 AND class = 'public' AND id <> 1007;
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy) VALUES
	('medium', 'INCONCLUSIVE', 'loss', 'The packet witness lost 31 packets', 'Between 12:01:00.000 and 12:01:00.200 the kernel dropped 31 packets before they could be written.', '{"file":"evidence.ndjson","records":[2901]}', NULL, 'Give the capture a larger buffer or watch fewer interfaces.'),
	('critical', 'FAIL', 'egress', 'node (4733) sent 12,345,678 bytes to 203.0.113.200 port 443', 'A TCP connection was made and data left this machine. The name in the TLS greeting was cdn.a-very-long-host-name-that-does-not-fit-into-one-line.webview-assets.example.' || char(10) || 'The connection lasted 10 s.', '{"file":"evidence.ndjson","record":507,"capture":{"file":"capture.pcapng","packets":[400,401,402]}}', 'webview', 'Switch the web view off, or run the session with --isolate so that it has no way out.'),
	('critical', 'FAIL', 'contradicted', 'The application''s log says "blocked" where bytes left', 'Line 12 of audit.jsonl reports the connection to 203.0.113.200 as blocked; the kernel and the packets show 12,345,678 bytes leaving.', '{"file":"applogs/agent.jsonl","line":12}', NULL, 'Do not rely on this log. Report the difference to the maker of the application.'),
	('high', 'FAIL', 'egress', 'node (4733) connected 40 times to api.telemetry.example', '203.0.113.80 port 443, from 12:00:14 to 12:01:25, 1,400 bytes out each.', '{"file":"evidence.ndjson","records":[401,440],"count":40}', 'telemetry', 'Set telemetry to off in the configuration of the agent.'),
	('high', 'FAIL', 'egress', 'opencode (4711) tried to reach a model service on the internet', '2001:db8:85a3::8a2e:370:7334 port 443; the attempt timed out, but its packets left.', '{"file":"evidence.ndjson","record":501}', 'model_api', 'Name only local models in the configuration.'),
	('high', 'FAIL', 'egress', 'git (4720) tried to check for an update', '198.51.100.22 port 443; refused.', '{"file":"evidence.ndjson","record":502}', 'update', 'Switch automatic updates off.'),
	('high', 'FAIL', 'lookup', '9 name lookups left this machine', 'Three of the names look like data: x2.exfil.example.org, x5.exfil.example.org, x8.exfil.example.org.', '{"file":"capture.pcapng","packets":[31,32,33]}', 'name_lookup', 'Give the session no resolver beyond this machine.'),
	('high', 'INCONCLUSIVE', 'unexplained', '12 packets that no process explains', 'UDP to 203.0.113.99 port 443.', 'not json at all', NULL, 'Run again with the scope "host".'),
	('low', 'NOTE', 'allowed', 'opencode (4711) used a destination that the policy allows', '10.20.0.5 port 8080: the model server of the laboratory.', '{"file":"evidence.ndjson","record":504}', 'model_api', '');
INSERT INTO skipped (source, reason, count, first_record, example) VALUES
	(1, 'a record of an unknown kind', 2, 991, '{"kind":"nonsense","t":1795435233000000000}'),
	(2, 'a TLS greeting that is cut off', 14, 88, '16 03 01 00');
INSERT INTO left_process (pid, comm) VALUES (4733, 'node');
UPDATE attempt SET leaves = 1 WHERE class IN ('link_local', 'multicast', 'private', 'public') AND call <> 'socket';
UPDATE control SET findings = (SELECT json_group_array(id) FROM finding WHERE effect = 'FAIL') WHERE objective = 'a';
