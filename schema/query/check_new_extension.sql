WITH changed AS (SELECT name || CASE WHEN change = 'gone' THEN ' (gone)' WHEN change = 'changed' AND kind <> 'program' THEN ' (' || before || ' before)' ELSE '' END AS told
	FROM v_audit_change WHERE kind = 'extension' ORDER BY name, value),
counted AS (SELECT count(*) AS many, min(told) AS one FROM changed)
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', 'NOTE', 'new_extension',
	CASE many WHEN 1 THEN 'An editor has a new extension: ' || one ELSE many || ' extensions of editors are new' END,
	'Not there, or of other content, at the last audits: ' || (SELECT group_concat(told, ', ') FROM (SELECT told FROM changed LIMIT 12))
		|| CASE WHEN many > 12 THEN ', and ' || (many - 12) || ' more' ELSE '' END || '.',
	json_object('file', 'audit.ndjson', 'view', 'v_audit_change', 'kind', 'extension'), NULL,
	'Look who installed it and where it calls (airgap-verify inventory); an allow list of the editor keeps others out.'
FROM counted WHERE many > 0;
