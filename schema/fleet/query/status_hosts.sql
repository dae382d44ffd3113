-- v_fleet_host of what began up to $1: a host of which nothing had come in by then was not known.
WITH n AS (SELECT host, night, count(*) AS bundles, max(CASE verdict WHEN 'FAIL' THEN 2 WHEN 'PASS' THEN 0 ELSE 1 END) AS worst,
		max(ended_ns) AS ended_ns, CAST(sum(attempts) AS {long}) AS attempts, CAST(sum(leaving) AS {long}) AS leaving
	FROM bundle WHERE began_ns <= $1 GROUP BY host, night),
l AS (SELECT host, night, worst, row_number() OVER (PARTITION BY host ORDER BY night DESC) AS place FROM n),
s AS (SELECT host, CAST(sum(bundles) AS {long}) AS bundles, count(*) AS nights, count(CASE worst WHEN 0 THEN 1 END) AS passed,
		count(CASE worst WHEN 2 THEN 1 END) AS failed, count(CASE worst WHEN 1 THEN 1 END) AS open, max(ended_ns) AS ended_ns,
		CAST(sum(attempts) AS {long}) AS attempts, CAST(sum(leaving) AS {long}) AS leaving
	FROM n GROUP BY host),
r AS (SELECT host, count(*) AS refused FROM refused WHERE coalesce(began_ns, refused_ns) <= $1 GROUP BY host)
SELECT h.name AS host, l.night AS last_night, CASE l.worst WHEN 2 THEN 'FAIL' WHEN 1 THEN 'INCONCLUSIVE' WHEN 0 THEN 'PASS' END AS last_verdict,
	coalesce(s.bundles, 0) AS bundles, coalesce(s.nights, 0) AS nights, coalesce(s.passed, 0) AS nights_pass, coalesce(s.failed, 0) AS nights_fail,
	coalesce(s.open, 0) AS nights_inconclusive, s.ended_ns AS last_ns, u.usual_ns, coalesce(s.attempts, 0) AS attempts,
	coalesce(s.leaving, 0) AS leaving, coalesce(r.refused, 0) AS refused, h.fingerprint, h.pinned,
	(SELECT f.title FROM bundle b JOIN finding f ON f.host = b.host AND f.month = b.month AND f.bundle = b.number
	WHERE b.host = h.host AND b.night = l.night AND b.began_ns <= $1
		AND f.effect = CASE l.worst WHEN 2 THEN 'FAIL' WHEN 1 THEN 'INCONCLUSIVE' END
	ORDER BY b.number, f.id LIMIT 1) AS reason
FROM (SELECT host, name, fingerprint, pinned FROM host
	UNION ALL
	SELECT CAST(NULL AS {int}), r.host, CAST(NULL AS TEXT), CAST(NULL AS TEXT) FROM refused r
	WHERE r.host IS NOT NULL AND NOT EXISTS (SELECT 1 FROM host k WHERE k.name = r.host) GROUP BY r.host) h
LEFT JOIN s ON s.host = h.host
LEFT JOIN l ON l.host = h.host AND l.place = 1
LEFT JOIN r ON r.host = h.name
LEFT JOIN fleet_usual u ON u.host = h.host
WHERE s.host IS NOT NULL OR r.host IS NOT NULL
ORDER BY h.name;
