INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'no_session', 'Nothing shows what was watched, and when',
	'There is no record of a session that began: files alone show what was in them, not what happened besides.',
	json_object('table', 'session'), NULL, 'Run the program under airgap-verify session.'
WHERE NOT EXISTS (SELECT 1 FROM session WHERE name = 'watch_from_ns');
