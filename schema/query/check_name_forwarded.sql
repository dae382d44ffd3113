-- The session asked a resolver on this machine, and that asked on.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'critical', 'FAIL', 'name_forwarded',
	'A name lookup left the machine through the local resolver: ' || q.qname,
	t.who || ' asked ' || q.server || ' on this machine for ' || q.qname || ' at ' || t.at
		|| '; the same question then went to ' || o.server || ' on another machine.',
	json_object('file', (SELECT path FROM source WHERE id = q.source), 'packets', json_array(min(q.packet), min(o.packet))),
	'name_lookup',
	'Take the upstream servers out of the local resolver, or block it at the firewall while the session runs.'
FROM dns q
JOIN flow f ON f.id = q.flow
JOIN attempt a ON a.id = f.attempt AND a.in_session = 1
JOIN told_attempt t ON t.id = a.id
JOIN dns o ON o.qname = q.qname AND o.dir = 'out' AND o.time_ns BETWEEN q.time_ns - 100000000 AND q.time_ns + 10000000000
WHERE q.dir = 'local' AND q.id <> o.id
	AND NOT EXISTS (SELECT 1 FROM flow g JOIN attempt b ON b.id = g.attempt WHERE g.id = o.flow AND b.in_session = 1)
GROUP BY q.qname
ORDER BY min(q.id);
