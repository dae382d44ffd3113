INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'not_executed', 'The command was not executed',
	coalesce((SELECT value FROM session WHERE name = 'command_problem'), 'It could not be started.'),
	json_object('file', 'evidence.ndjson'), NULL, 'Mend the command line and run it again.'
FROM session WHERE name = 'command_state' AND value = 'not executed';
