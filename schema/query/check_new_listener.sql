WITH changed AS (SELECT name || CASE WHEN change = 'gone' THEN ' (gone)' WHEN change = 'changed' AND kind <> 'program' THEN ' (' || before || ' before)' ELSE '' END AS told
	FROM v_audit_change WHERE kind = 'listener' ORDER BY name, value),
counted AS (SELECT count(*) AS many, min(told) AS one FROM changed)
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', 'NOTE', 'new_listener',
	CASE many WHEN 1 THEN 'Something new listens: ' || one ELSE many || ' things listen that did not before' END,
	'No audit before found listening: ' || (SELECT group_concat(told, ', ') FROM (SELECT told FROM changed LIMIT 12))
		|| CASE WHEN many > 12 THEN ', and ' || (many - 12) || ' more' ELSE '' END || '.',
	json_object('file', 'audit.ndjson', 'view', 'v_audit_change', 'kind', 'listener'), NULL,
	'Find out what started it; what need not be reached from outside belongs on the loopback.'
FROM counted WHERE many > 0;
