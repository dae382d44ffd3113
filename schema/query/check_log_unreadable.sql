-- More may be skipped of a log than lines were counted: its reading broke off.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'log_unreadable',
	CASE WHEN problem IS NOT NULL THEN 'An application log could not be used: '
		WHEN skipped > unread THEN 'An application log was not read to its end: '
		ELSE 'Lines of an application log could not be read: ' END || path,
	CASE WHEN problem IS NOT NULL THEN problem
		WHEN skipped > unread THEN (SELECT group_concat(k.reason, '; ') FROM skipped k JOIN source s ON s.id = k.source WHERE s.path = copy)
		ELSE unread || ' of ' || lines || CASE WHEN lines = 1 THEN ' line' ELSE ' lines' END || ' written during the session could not be understood'
			|| coalesce('; the first: ' || (SELECT k.reason || ', at line ' || k.first_record || ': ' || k.example
				FROM skipped k JOIN source s ON s.id = k.source WHERE s.path = copy ORDER BY k.first_record LIMIT 1), '') || '.' END,
	json_object('file', coalesce(copy, path)), NULL,
	'Give the file''s path and rights, or a description of its format (--log-description; airgap-verify-formats(5)), and run the session again.'
FROM (SELECT *, (SELECT coalesce(sum(k.count), 0) FROM skipped k JOIN source s ON s.id = k.source WHERE s.path = copy) AS skipped FROM app_log)
WHERE role = 'audit' AND (problem IS NOT NULL OR skipped > unread
	OR unread * 100 > lines * cast(coalesce((SELECT value FROM session WHERE name = 'policy_app_log_unread_percent'), '0') AS INTEGER))
ORDER BY id;
