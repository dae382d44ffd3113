-- What was found, or could not be told, among the findings; it never decides a verdict.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE r.state WHEN 'finding' THEN r.severity ELSE 'info' END, 'NOTE', r.check_id,
	r.title || CASE WHEN r.subject = '' THEN '' ELSE ' (' || r.subject || ')' END || CASE r.state WHEN 'unknown' THEN ': could not tell' ELSE '' END,
	r.found || '. ' || r.why || '.',
	CASE WHEN s.id IS NULL THEN json_object('view', 'v_posture', 'id', r.id)
		ELSE json_object('file', s.path, 'record', r.record, 'view', 'v_posture', 'id', r.id) END, NULL, r.remedy
FROM posture_result r LEFT JOIN source s ON s.id = r.source
WHERE r.state IN ('finding', 'unknown')
 -- which a session tells already
 AND NOT (r.check_id = 'posture_clock' AND EXISTS (SELECT 1 FROM finding f WHERE f.check_id = 'clock'))
ORDER BY r.id;
