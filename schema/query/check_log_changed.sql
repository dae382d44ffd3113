INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE change WHEN 'truncated' THEN 'high' ELSE 'info' END, CASE change WHEN 'truncated' THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'log_changed',
	'An application log was ' || change || ' during the session: ' || path,
	'It had ' || before_bytes || ' bytes before and ' || after_bytes || ' after. '
		|| CASE change WHEN 'truncated' THEN 'What stood in it before it was cut is lost.' ELSE 'What the collector could follow was kept.' END,
	json_object('file', coalesce(copy, path)), NULL, 'Keep the program from cutting its log while it is watched.'
FROM app_log WHERE role = 'audit' AND change IN ('truncated', 'rotated', 'replaced') ORDER BY id;
