-- Each night of each host, the hosts in the order of period_hosts.sql.
WITH n AS (SELECT host, night, min(began_ns) AS began_ns, count(*) AS bundles,
		max(CASE verdict WHEN 'FAIL' THEN 2 WHEN 'PASS' THEN 0 ELSE 1 END) AS worst,
		CAST(sum(attempts) AS {long}) AS attempts, CAST(sum(leaving) AS {long}) AS leaving, CAST(sum(lookups) AS {long}) AS lookups,
		CAST(sum(failing + undecided) AS {long}) AS findings, min(seen_permille) AS seen_permille
	FROM bundle WHERE began_ns >= $1 AND began_ns < $2 GROUP BY host, night)
SELECT h.name, n.night, n.began_ns, CASE n.worst WHEN 2 THEN 'FAIL' WHEN 1 THEN 'INCONCLUSIVE' ELSE 'PASS' END, n.seen_permille, n.bundles,
	n.attempts, n.leaving, n.lookups, n.findings
FROM n JOIN host h ON h.host = n.host
ORDER BY count(CASE n.worst WHEN 2 THEN 1 END) OVER (PARTITION BY n.host) DESC,
	count(CASE n.worst WHEN 1 THEN 1 END) OVER (PARTITION BY n.host) DESC, h.name, n.night;
