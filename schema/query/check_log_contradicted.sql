INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'critical', 'FAIL', 'log_contradicted',
	'The app''s log is contradicted: it says ' || e.disposition || ', the machine saw '
		|| CASE WHEN a.id IS NULL THEN 'nothing of it' ELSE 'otherwise' END,
	'Line ' || e.line || ' of ' || l.path || ' says ' || e.disposition || ': ' || e.text || ' — but '
		|| coalesce('at ' || t.at || ' ' || t.who || CASE m.rule WHEN 'lie_allowed' THEN ' was kept from ' ELSE ' reached ' END || t.destination || ': ' || t.outcome,
			'nothing was sent, which a witness would have seen that missed nothing at that time') || '. airgap-verify crosscheck --explain event:' || e.id
		|| ' shows both sides.',
	json_object('file', l.copy, 'line', e.line, 'evidence', t.file, 'record', t.record, 'attempt', m.attempt, 'rule', m.rule), a.vector,
	'Do not rely on this log; tell the maker of the program.'
FROM match m JOIN app_event e ON e.id = m.app_event JOIN app_log l ON l.id = e.log
LEFT JOIN attempt a ON a.id = m.attempt LEFT JOIN told_attempt t ON t.id = a.id
WHERE m.outcome = 'contradicted' ORDER BY e.id LIMIT 200;
