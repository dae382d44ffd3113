WITH changed AS (SELECT name || CASE WHEN change = 'gone' THEN ' (gone)' WHEN change = 'changed' AND kind <> 'program' THEN ' (' || before || ' before)' ELSE '' END AS told
	FROM v_audit_change WHERE kind = 'setting' ORDER BY name, value),
counted AS (SELECT count(*) AS many, min(told) AS one FROM changed)
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', 'NOTE', 'changed_setting',
	CASE many WHEN 1 THEN 'A setting is another than before: ' || one ELSE many || ' settings are others than before' END,
	'Since the last audit there are other settings: ' || (SELECT group_concat(told, ', ') FROM (SELECT told FROM changed LIMIT 12))
		|| CASE WHEN many > 12 THEN ', and ' || (many - 12) || ' more' ELSE '' END || '.',
	json_object('file', 'audit.ndjson', 'view', 'v_audit_change', 'kind', 'setting'), NULL,
	'Find out who changed it; put back what opens a way out.'
FROM counted WHERE many > 0;
