INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', CASE WHEN (SELECT value FROM session WHERE name = 'close_reason') = 'the time was up' THEN 'NOTE' ELSE 'INCONCLUSIVE' END, 'left_running',
	'Processes of the session still ran when the watch ended: ' || count(*),
	'Among them ' || (SELECT group_concat(n, ', ') FROM (SELECT comm || ' (pid ' || pid || ')' AS n FROM left_process ORDER BY pid LIMIT 10))
		|| '. What they did afterwards nobody saw.',
	json_object('table', 'left_process'), NULL,
	'End them before the command ends, or let the watch wait for them with --linger TIME.'
FROM left_process HAVING count(*) > 0;
