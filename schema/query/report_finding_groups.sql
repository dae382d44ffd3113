-- How many there are of each check, worst first.
SELECT effect, severity, check_id, count(*), min(title)
FROM finding
GROUP BY effect, severity, check_id
ORDER BY CASE effect WHEN 'FAIL' THEN 0 WHEN 'INCONCLUSIVE' THEN 1 ELSE 2 END,
	CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END,
	check_id
LIMIT ?1;
