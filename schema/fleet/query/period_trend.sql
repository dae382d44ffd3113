WITH n AS (SELECT host, night, min(began_ns) AS began_ns, count(*) AS bundles,
		max(CASE verdict WHEN 'FAIL' THEN 2 WHEN 'PASS' THEN 0 ELSE 1 END) AS worst,
		CAST(sum(attempts) AS {long}) AS attempts, CAST(sum(leaving) AS {long}) AS leaving, CAST(sum(lookups) AS {long}) AS lookups,
		CAST(sum(failing + undecided) AS {long}) AS findings, min(seen_permille) AS seen_permille
	FROM bundle WHERE began_ns >= $1 AND began_ns < $2 GROUP BY host, night)
SELECT night, count(*), count(CASE worst WHEN 2 THEN 1 END), count(CASE worst WHEN 1 THEN 1 END), count(CASE worst WHEN 0 THEN 1 END),
	CAST(sum(attempts) AS {long}), CAST(sum(leaving) AS {long}), CAST(sum(lookups) AS {long})
FROM n GROUP BY night ORDER BY night;
