-- Of no log at all; and of a log that tells of others like it, where another log has it.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'log_unreported',
	CASE WHEN g.log IS NULL THEN 'The app''s log does not tell of ' ELSE 'A log is silent on what another one tells: ' || l.path || ' leaves out ' END
		|| g.n || CASE WHEN g.n = 1 THEN ' attempt' ELSE ' attempts' END || ' to reach another machine (unreported)',
	'The first: at ' || t.at || ' ' || t.who || ' to ' || t.destination || ': ' || t.outcome || '.',
	json_object('view', 'v_match', 'outcome', 'unreported', 'file', t.file, 'record', t.record, 'attempt', g.first), a.vector,
	'Do not take this log as complete; look whether another log of the program tells of them.'
FROM (SELECT min(attempt) AS first, count(*) AS n, log FROM match WHERE outcome = 'unreported' GROUP BY log) g
JOIN attempt a ON a.id = g.first JOIN told_attempt t ON t.id = g.first
LEFT JOIN app_log l ON l.id = g.log
ORDER BY g.log IS NOT NULL, g.log;
