SELECT effect AS "Effect", severity AS "Severity", check_id AS "Check", title AS "One of them", hosts AS "Hosts", nights AS "Nights",
	findings AS "Findings", first_night AS "First night", last_night AS "Last night"
FROM v_fleet_finding
ORDER BY CASE effect WHEN 'FAIL' THEN 0 WHEN 'INCONCLUSIVE' THEN 1 ELSE 2 END, findings DESC, check_id, severity LIMIT 10001;
