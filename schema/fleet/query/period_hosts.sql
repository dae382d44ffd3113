-- Each host with its nights that began from $1 to before $2: the worst first, then those without any.
WITH n AS (SELECT host, night, min(began_ns) AS began_ns, count(*) AS bundles,
		max(CASE verdict WHEN 'FAIL' THEN 2 WHEN 'PASS' THEN 0 ELSE 1 END) AS worst,
		CAST(sum(attempts) AS {long}) AS attempts, CAST(sum(leaving) AS {long}) AS leaving, CAST(sum(lookups) AS {long}) AS lookups,
		CAST(sum(failing + undecided) AS {long}) AS findings, min(seen_permille) AS seen_permille
	FROM bundle WHERE began_ns >= $1 AND began_ns < $2 GROUP BY host, night),
l AS (SELECT host, night, worst, row_number() OVER (PARTITION BY host ORDER BY night DESC) AS place FROM n),
s AS (SELECT n.host, count(*) AS nights, CAST(sum(n.bundles) AS {long}) AS bundles, count(CASE n.worst WHEN 2 THEN 1 END) AS failed,
		count(CASE n.worst WHEN 1 THEN 1 END) AS open, count(CASE n.worst WHEN 0 THEN 1 END) AS passed, max(n.night) AS last_night,
		max(CASE l.place WHEN 1 THEN n.worst END) AS last_worst, CAST(sum(n.attempts) AS {long}) AS attempts,
		CAST(sum(n.leaving) AS {long}) AS leaving, CAST(sum(n.lookups) AS {long}) AS lookups, min(n.seen_permille) AS seen_permille
	FROM n JOIN l ON l.host = n.host AND l.night = n.night GROUP BY n.host)
SELECT h.name, coalesce(s.nights, 0), coalesce(s.failed, 0), coalesce(s.open, 0), coalesce(s.passed, 0), s.last_night,
	CASE s.last_worst WHEN 2 THEN 'FAIL' WHEN 1 THEN 'INCONCLUSIVE' WHEN 0 THEN 'PASS' END, s.seen_permille, coalesce(s.bundles, 0),
	coalesce(s.attempts, 0), coalesce(s.leaving, 0), coalesce(s.lookups, 0)
FROM (SELECT host, name FROM host
	UNION ALL
	SELECT CAST(NULL AS {int}), r.host FROM refused r
	WHERE r.host IS NOT NULL AND NOT EXISTS (SELECT 1 FROM host k WHERE k.name = r.host) GROUP BY r.host) h
LEFT JOIN s ON s.host = h.host
ORDER BY coalesce(s.failed, 0) DESC, coalesce(s.open, 0) DESC, CASE WHEN s.host IS NULL THEN 0 ELSE 1 END, h.name;
