-- A packet belongs to the control group in which its socket was made, whoever uses it now.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'critical', 'FAIL', 'passed_socket',
	'A socket of the session sent to another machine from another process: '
		|| e.dst || coalesce(' port ' || e.dport, '') || ' over ' || e.proto,
	'The session made the socket; ' || coalesce('at ' || t.at || ' ' || t.who || ' called ' || a.call || ' on it', 'who used it was not seen')
		|| CASE WHEN count(*) > 1 THEN '. There are ' || count(*) || ' such first packets in all' ELSE '' END || '.',
	json_object('file', (SELECT path FROM source WHERE id = e.source), 'record', e.record, 'attempt', a.id),
	'unclassified', 'Find out which program takes sockets from the session, and end it.'
FROM egress e LEFT JOIN attempt a ON a.id = e.attempt LEFT JOIN told_attempt t ON t.id = a.id
WHERE e.in_cgroup = 1 AND (a.id IS NULL OR (a.in_session = 0 AND a.suite = 0 AND a.allowed = 0))
GROUP BY e.dst, e.dport, e.proto ORDER BY min(e.id);
