-- Where only the calls of the session are witnessed, what was written to the socket was not seen.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN unseen THEN 'high' ELSE 'low' END, CASE WHEN unseen THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'udp_connect',
	'A UDP socket was pointed at another machine, and ' || CASE WHEN unseen THEN 'whether anything was sent was not seen' ELSE 'nothing was sent' END,
	'At ' || t.at || ' ' || t.who || ' to ' || t.destination
		|| CASE WHEN g.n > 1 THEN '; ' || g.n || ' times in all' ELSE '' END
		|| '. Programs do this to learn which of their addresses would be used.',
	json_object('file', t.file, 'record', t.record, 'attempt', g.first), NULL,
	CASE WHEN unseen THEN 'Run the session with sudo for the full view.' ELSE '' END
FROM (SELECT min(a.id) AS first, count(*) AS n,
		max(a.witness = 'seccomp' AND a.outcome NOT IN ('unreachable', 'denied', 'failed')) AS unseen
	FROM attempt a CROSS JOIN told_attempt t ON t.id = a.id
	WHERE a.in_session = 1 AND a.leaves = 0 AND coalesce(a.class, '') NOT IN ('loopback', 'own')
		AND a.proto = 'udp' AND a.call = 'connect'
		AND a.class IN ('link_local', 'multicast', 'private', 'public')
	GROUP BY t.program) g
JOIN told_attempt t ON t.id = g.first
ORDER BY g.first;
