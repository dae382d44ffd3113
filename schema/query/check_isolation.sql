-- What must not be possible inside was, or was not tried.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'isolation', 'The isolation was not whole: ' || p.tried,
	'Inside, before the command began, this was tried and must not work: ' || p.tried || '. What came of it: ' || p.detail || '.',
	json_object('file', 'evidence.ndjson', 'record', p.record), NULL,
	CASE p.name WHEN 'user' THEN 'Run the command as an ordinary user: root may change what the machine itself runs.'
		WHEN 'standard' THEN 'Start the session with a terminal, a file or a pipe in place of the socket.'
		ELSE 'Ask airgap-verify doctor; without the isolation a session with sudo still watches everything.' END
FROM isolation_proof p WHERE p.held = 0
UNION ALL
SELECT 'high', 'INCONCLUSIVE', 'isolation', 'Nothing proves that the session was isolated',
	'It was asked for, and the evidence does not tell what was tried inside.', json_object('view', 'v_isolation'), NULL,
	'Run the session again.'
FROM session WHERE name = 'isolated' AND value = 'true' AND NOT EXISTS (SELECT 1 FROM isolation_proof);
