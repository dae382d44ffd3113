-- Lookups can be asked for over a Unix socket, where nobody sees the name. Where nothing
-- answered there, nothing was asked: the C library tries a daemon that most machines lack.
-- Where no packets are seen, a resolver on the loopback is no better.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'name_proxy',
	'The session spoke to a local resolver while lookups left the machine',
	t.who || ' connected to ' || a.dst || ' at ' || t.at || '; during the session ' || o.n
		|| CASE WHEN o.n = 1 THEN ' lookup' ELSE ' lookups' END || ' left the machine from other processes (first: ' || o.qname || '). Whether that was on behalf of the session cannot be seen.',
	json_object('file', t.file, 'record', t.record, 'packet', o.packet), 'name_lookup',
	'Run the session again while nothing else looks up names, or with an empty resolver configuration.'
FROM (SELECT min(id) AS first FROM attempt WHERE in_session = 1 AND leaves = 0 AND coalesce(class, '') NOT IN ('loopback', 'own') AND class = 'unix'
	AND outcome NOT IN ('failed', 'refused', 'denied')
	AND (dst LIKE '%nscd/socket' OR dst LIKE '%io.systemd.Resolve%' OR dst LIKE '%system_bus_socket' OR dst LIKE '%avahi-daemon/socket')
	AND NOT (EXISTS (SELECT 1 FROM isolation_proof) AND (dst LIKE '@%'
			OR EXISTS (SELECT 1 FROM session h, json_each(h.value) f WHERE h.name = 'isolation_hidden' AND dst LIKE f.value || '/%')
				AND NOT EXISTS (SELECT 1 FROM session h, json_each(h.value) f WHERE h.name = 'isolation_passed' AND dst LIKE f.value || '/%')))) g
JOIN attempt a ON a.id = g.first
JOIN told_attempt t ON t.id = a.id
JOIN (SELECT count(*) AS n, min(packet) AS packet, min(qname) AS qname FROM dns WHERE dir = 'out') o ON o.n > 0
UNION ALL
SELECT 'high', 'INCONCLUSIVE', 'name_proxy', 'The session asked a resolver on this machine, and nobody saw whether it asked on',
	t.who || ' asked ' || t.destination || ' at ' || t.at || '. A resolver hands on what it does not know, and without rights no packets are seen.',
	json_object('file', t.file, 'record', t.record, 'attempt', a.id), 'name_lookup',
	'Run the session with sudo for the full view, or with an empty resolver configuration.'
FROM (SELECT min(id) AS first FROM attempt WHERE in_session = 1 AND witness = 'seccomp' AND class IN ('loopback', 'own') AND dport IN (53, 853, 5353)
	AND (NOT EXISTS (SELECT 1 FROM isolation_proof) OR dport IN (SELECT dport FROM carried)) -- inside, nobody else listens
	AND outcome NOT IN ('failed', 'refused', 'denied')) g
JOIN attempt a ON a.id = g.first
JOIN told_attempt t ON t.id = a.id;
