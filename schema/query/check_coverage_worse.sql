WITH changed AS (SELECT name || ' (' || coalesce(CAST(value AS INTEGER) / 10, 0) || ' %, ' || CAST(before AS INTEGER) / 10 || ' % before)' AS told
	FROM v_audit_change WHERE kind = 'coverage' ORDER BY name, value),
counted AS (SELECT count(*) AS many, min(told) AS one FROM changed)
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', 'NOTE', 'coverage_worse',
	CASE many WHEN 1 THEN 'A witness saw less than at the last audit: ' || one ELSE many || ' witnesses saw less than at the last audit' END,
	'Of the watch they saw a smaller share: ' || (SELECT group_concat(told, ', ') FROM (SELECT told FROM changed LIMIT 12))
		|| CASE WHEN many > 12 THEN ', and ' || (many - 12) || ' more' ELSE '' END || '.',
	json_object('file', 'audit.ndjson', 'view', 'v_audit_change', 'kind', 'coverage'), NULL,
	'airgap-verify doctor tells which witness lacks what.'
FROM counted WHERE many > 0;
