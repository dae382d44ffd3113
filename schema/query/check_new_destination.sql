WITH changed AS (SELECT name || CASE WHEN change = 'gone' THEN ' (gone)' WHEN change = 'changed' AND kind <> 'program' THEN ' (' || before || ' before)' ELSE '' END AS told
	FROM v_audit_change WHERE kind = 'destination' ORDER BY name, value),
counted AS (SELECT count(*) AS many, min(told) AS one FROM changed)
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', 'NOTE', 'new_destination',
	CASE many WHEN 1 THEN 'A destination that no audit before saw: ' || one ELSE many || ' destinations that no audit before saw' END,
	'The last audits saw no attempt to reach: ' || (SELECT group_concat(told, ', ') FROM (SELECT told FROM changed LIMIT 12))
		|| CASE WHEN many > 12 THEN ', and ' || (many - 12) || ' more' ELSE '' END || '.',
	json_object('file', 'audit.ndjson', 'view', 'v_audit_change', 'kind', 'destination'), NULL,
	'Find out which program wants it, and why now; allow it in the policy only with a reason.'
FROM counted WHERE many > 0;
