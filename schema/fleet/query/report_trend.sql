SELECT night AS "Night", count(*) AS "Hosts", count(CASE verdict WHEN 'PASS' THEN 1 END) AS "PASS",
	count(CASE verdict WHEN 'INCONCLUSIVE' THEN 1 END) AS "INCONCLUSIVE", count(CASE verdict WHEN 'FAIL' THEN 1 END) AS "FAIL",
	CAST(sum(leaving) AS {long}) AS "Attempts to leave"
FROM v_fleet_night WHERE began_ns <= $1 GROUP BY night ORDER BY night DESC LIMIT 10001;
