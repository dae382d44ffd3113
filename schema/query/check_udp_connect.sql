-- Where only the session's own calls are witnessed nothing was sent as far as was asked for by call;
-- what was written to the socket was not seen.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN a.witness = 'seccomp' THEN 'high' ELSE 'low' END, CASE WHEN a.witness = 'seccomp' THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'udp_connect',
	'A UDP socket was pointed at another machine, and ' || CASE WHEN a.witness = 'seccomp' THEN 'whether anything was sent was not seen' ELSE 'nothing was sent' END,
	'At ' || t.at || ' ' || t.who || ' to ' || t.destination
		|| CASE WHEN count(*) > 1 THEN '; ' || count(*) || ' times in all' ELSE '' END
		|| '. Programs do this to learn which of their addresses would be used.',
	json_object('file', t.file, 'record', t.record, 'attempt', a.id), NULL,
	CASE WHEN a.witness = 'seccomp' THEN 'Run the session with sudo for the full view.' ELSE '' END
FROM attempt a CROSS JOIN told_attempt t ON t.id = a.id
WHERE a.in_session = 1 AND a.leaves = 0 AND coalesce(a.class, '') NOT IN ('loopback', 'own')
	AND a.proto = 'udp' AND a.call = 'connect'
	AND a.class IN ('link_local', 'multicast', 'private', 'public')
GROUP BY t.program ORDER BY min(a.id);
