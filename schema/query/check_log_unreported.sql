INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'log_unreported',
	'The app''s log does not tell of ' || count(*) || CASE WHEN count(*) = 1 THEN ' attempt' ELSE ' attempts' END || ' to reach another machine (unreported)',
	'The first: at ' || t.at || ' ' || t.who || ' to ' || t.destination || ': ' || t.outcome || '.',
	json_object('view', 'v_match', 'outcome', 'unreported', 'file', t.file, 'record', t.record), a.vector,
	'Do not take this log as complete; look whether another log of the program tells of them.'
FROM (SELECT min(attempt) AS first FROM match WHERE outcome = 'unreported') g
JOIN match m ON m.outcome = 'unreported'
JOIN attempt a ON a.id = g.first JOIN told_attempt t ON t.id = g.first
HAVING count(*) > 0;
