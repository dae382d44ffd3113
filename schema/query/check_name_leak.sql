-- A question to a name server on another machine, with the names where packets showed them.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN g.stopped THEN 'high' ELSE 'critical' END,
	CASE WHEN g.stopped AND coalesce((SELECT value FROM session WHERE name = 'policy_stopped_attempts'), 'fail') = 'note'
		THEN 'NOTE' ELSE 'FAIL' END,
	'name_leak',
	CASE WHEN g.stopped THEN 'A name lookup was tried on another machine: ' ELSE 'A name lookup left the machine: ' END || g.comm || ' asked ' || coalesce(nullif(a.dst, ''), 'somebody')
		|| coalesce(' for ' || (SELECT d.qname FROM flow f JOIN dns d ON d.flow = f.id WHERE f.attempt = a.id AND d.qname IS NOT NULL ORDER BY d.id LIMIT 1), ''),
	'At ' || t.at || ' ' || t.who || ' sent a question to ' || t.destination || ': ' || t.outcome || '. '
		|| coalesce('Asked for: ' || (SELECT group_concat(q, ', ') FROM (SELECT DISTINCT d.qname AS q
			FROM attempt b JOIN told_attempt u ON u.id = b.id JOIN flow f ON f.attempt = b.id JOIN dns d ON d.flow = f.id
			WHERE b.in_session = 1 AND b.leaves = 1 AND b.dst = a.dst AND b.dport IS a.dport AND b.proto = a.proto AND u.program = t.program AND d.qname IS NOT NULL
			ORDER BY d.qname LIMIT 20)) || '. ', '')
		|| CASE WHEN g.n > 1 THEN g.n || ' questions in all, the last at ' || (SELECT at FROM told_attempt WHERE id = g.last) || '. ' ELSE '' END
		|| 'A lookup tells the name server, and everybody on the way, which host was meant, even where the connection itself is blocked.',
	json_object('file', t.file, 'record', t.record, 'attempt', a.id, 'attempts', g.n),
	'name_lookup',
	'Give the program addresses or names of /etc/hosts, and block ports 53, 853 and known resolvers for it at the firewall.'
FROM (SELECT min(a.id) AS first, max(a.id) AS last, count(*) AS n, max(coalesce(a.comm, '')) AS comm,
		min(coalesce(a.left_machine, 0) = 0 AND a.outcome IN ('denied', 'unreachable')) AS stopped
	FROM attempt a JOIN told_attempt t ON t.id = a.id
	WHERE a.in_session = 1 AND a.leaves = 1 AND a.allowed = 0 AND a.vector = 'name_lookup'
	GROUP BY t.program, a.dst, a.dport, a.proto) g
JOIN attempt a ON a.id = g.first
JOIN told_attempt t ON t.id = g.first
ORDER BY g.first;
