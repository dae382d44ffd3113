-- SPDX-License-Identifier: Apache-2.0
INSERT INTO verdict (verdict, scope, from_ns, to_ns, summary) VALUES
	('INCONCLUSIVE', 'session', 1795435200000000000, 1795435290000000000,
	 'Nothing was seen leaving this machine, but the watching was not complete: the packet witness was missing and the kernel witness was blind for 12 seconds.');
UPDATE witness SET state = 'missing', detail = 'a packet socket needs CAP_NET_RAW', remedy = 'Run with sudo, or give airgap-collect the capability CAP_NET_RAW.' WHERE name = 'packets';
UPDATE witness SET state = 'died', detail = 'sock_diag answered with an error at 12:00:51' WHERE name = 'sock_diag';
INSERT INTO coverage (witness, from_ns, to_ns, state, lost) VALUES
	('kernel', 1795435200000000000, 1795435230000000000, 'seeing', 0),
	('kernel', 1795435230000000000, 1795435242000000000, 'blind', 0),
	('kernel', 1795435242000000000, 1795435290000000000, 'seeing', 0),
	('packets', 1795435200000000000, 1795435290000000000, 'blind', 0),
	('sock_diag', 1795435200000000000, 1795435251000000000, 'seeing', 0);
DELETE FROM app_log;
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy) VALUES
	('high', 'INCONCLUSIVE', 'witness', 'The packet witness was missing', 'The policy requires it. Without it nothing shows that the kernel witness told everything.', '{"witness":"packets"}', NULL, 'Run with sudo, or give airgap-collect the capability CAP_NET_RAW.'),
	('high', 'INCONCLUSIVE', 'coverage', 'The kernel witness was blind for 12 seconds', 'From 12:00:30 to 12:00:42 it did not report two canaries.', '{"file":"evidence.ndjson","records":[1801,1922]}', NULL, 'Run the session again; if it happens again, send the evidence to the makers of this tool.');
