-- Worst first: what decided the verdict, then by severity.
SELECT id, severity, effect, check_id, title, detail, evidence, vector, remedy
FROM finding
ORDER BY CASE effect WHEN 'FAIL' THEN 0 WHEN 'INCONCLUSIVE' THEN 1 ELSE 2 END,
	CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END,
	id
LIMIT ?1;
