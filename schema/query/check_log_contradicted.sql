INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'critical', 'FAIL', 'log_contradicted',
	'The app''s log is contradicted: it says ' || e.disposition || ', the machine saw otherwise',
	'Line ' || e.line || ' of ' || l.path || ' says ' || e.disposition || ': ' || e.text || ' — but at ' || t.at || ' ' || t.who || ' reached '
		|| t.destination || ': ' || t.outcome || '.',
	json_object('file', l.copy, 'line', e.line, 'evidence', t.file, 'record', t.record, 'attempt', m.attempt), a.vector,
	'Do not rely on this log; tell the maker of the program.'
FROM match m JOIN app_event e ON e.id = m.app_event JOIN app_log l ON l.id = e.log
JOIN attempt a ON a.id = m.attempt JOIN told_attempt t ON t.id = a.id
WHERE m.outcome = 'contradicted' ORDER BY e.id LIMIT 200;
