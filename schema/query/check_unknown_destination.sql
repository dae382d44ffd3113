-- A send of a raw socket that no packet followed, a connect of a family that is not followed.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'unknown_destination',
	'The session used a socket, and nobody saw where to: ' || count(*) || CASE WHEN count(*) = 1 THEN ' time' ELSE ' times' END,
	'At ' || t.at || ' ' || t.who || ' called ' || a.call || ' over ' || a.proto || ': ' || t.outcome || '.',
	json_object('file', t.file, 'record', t.record, 'attempt', min(a.id)), 'unclassified',
	'Run the command as a user without the right to make such sockets.'
FROM attempt a CROSS JOIN told_attempt t ON t.id = a.id
WHERE a.in_session = 1 AND a.leaves = 0 AND coalesce(a.class, '') NOT IN ('loopback', 'own') AND a.class IS NULL AND a.call NOT IN ('socket', 'inherited')
GROUP BY t.program, a.call, a.proto ORDER BY min(a.id);
