SELECT f.check_id, f.effect, f.severity, min(f.title), count(DISTINCT f.host) AS hosts, count(DISTINCT b.night), count(*), min(b.night),
	max(b.night)
FROM finding f
JOIN bundle b ON b.host = f.host AND b.number = f.bundle
WHERE b.began_ns >= $1 AND b.began_ns < $2
GROUP BY f.check_id, f.effect, f.severity
ORDER BY CASE f.effect WHEN 'FAIL' THEN 0 WHEN 'INCONCLUSIVE' THEN 1 ELSE 2 END, hosts DESC, f.check_id, f.severity;
