INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'info', 'NOTE', 'clock', 'The machine''s clock was not synchronised',
	'Times are what this machine took them for; order and lengths of time hold.',
	json_object('file', 'session.json'), NULL, 'Synchronise the clock before a session that others are to date.'
FROM session WHERE name = 'clock_synchronised' AND value = 'false';
