SELECT check_id AS "Check", subject AS "Product", state AS "State", severity AS "Severity", title AS "Title", looked_at AS "Looked at",
	found AS "Found", why AS "Why it matters", remedy AS "Remedy", source AS "Evidence", record AS "Record"
FROM v_posture
ORDER BY CASE state WHEN 'finding' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END, check_id, id;
