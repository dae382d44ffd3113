INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', 'INCONCLUSIVE', 'log_unobserved',
	'The app''s log tells of ' || count(*) || ' allowed ' || CASE WHEN count(*) = 1 THEN 'connection' ELSE 'connections' END || ' that no witness saw (unobserved)',
	'The first: line ' || min(e.line) || ' of ' || l.path || ': ' || e.text,
	json_object('file', l.copy, 'line', min(e.line), 'view', 'v_match'), NULL,
	'See whether the log''s times are those of this session and whether its process ran under watch.'
FROM match m JOIN app_event e ON e.id = m.app_event JOIN app_log l ON l.id = e.log
WHERE m.outcome = 'unobserved' AND e.disposition = 'allowed'
HAVING count(*) > 0;
