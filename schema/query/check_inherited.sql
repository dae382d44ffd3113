-- A socket from before the session is used without a connect. Where the kernel shows
-- sends, what is sent over it counts by itself.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', CASE WHEN EXISTS (SELECT 1 FROM witness_part WHERE witness = 'kernel' AND part = 'send' AND state = 'on')
		THEN 'NOTE' ELSE 'INCONCLUSIVE' END, 'inherited',
	'The session inherited ' || CASE WHEN count(*) = 1 THEN 'a socket' ELSE count(*) || ' sockets' END || ' that can reach another machine',
	'The command got ' || CASE WHEN count(*) = 1 THEN 'it' ELSE 'them' END || ' from the program that started the session; the first: '
		|| a.proto || CASE WHEN a.dst IS NOT NULL THEN ', connected to ' || a.dst || coalesce(' port ' || a.dport, '') ELSE '' END || '.'
		|| CASE WHEN EXISTS (SELECT 1 FROM witness_part WHERE witness = 'kernel' AND part = 'send' AND state = 'on')
			THEN ' What is sent over such a socket is told by itself.'
			ELSE ' What was sent over it this kernel does not show.' END,
	json_object('file', s.path, 'record', min(a.record)), NULL,
	'Start the session from a program that holds no open connections, or close them for it.'
FROM attempt a JOIN source s ON s.id = a.source
WHERE a.in_session = 1 AND a.call = 'inherited'
HAVING count(*) > 0;
