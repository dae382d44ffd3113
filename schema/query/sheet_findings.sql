-- Worst first.
SELECT id AS "No.", effect AS "Effect", severity AS "Severity", check_id AS "Check", title AS "Finding", detail AS "Detail",
	vector AS "Vector", remedy AS "Remedy", evidence AS "Evidence"
FROM finding
ORDER BY CASE effect WHEN 'FAIL' THEN 0 WHEN 'INCONCLUSIVE' THEN 1 ELSE 2 END,
	CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END, id;
