WITH changed AS (SELECT name || CASE WHEN change = 'gone' THEN ' (gone)' WHEN change = 'changed' AND kind <> 'program' THEN ' (' || before || ' before)' ELSE '' END AS told
	FROM v_audit_change WHERE kind = 'program' AND change = 'changed' ORDER BY name, value),
counted AS (SELECT count(*) AS many, min(told) AS one FROM changed)
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', 'NOTE', 'changed_program',
	CASE many WHEN 1 THEN 'A program is another than before: ' || one ELSE many || ' programs are others than before' END,
	'The file has another hash than at the last audit: ' || (SELECT group_concat(told, ', ') FROM (SELECT told FROM changed LIMIT 12))
		|| CASE WHEN many > 12 THEN ', and ' || (many - 12) || ' more' ELSE '' END || '.',
	json_object('file', 'audit.ndjson', 'view', 'v_audit_change', 'kind', 'program'), NULL,
	'Hold it against what was installed on purpose since; a program that nobody updated must not change.'
FROM counted WHERE many > 0;
