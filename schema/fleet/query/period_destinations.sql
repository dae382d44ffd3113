-- Where sessions tried to leave their machine for; those that most hosts did first.
SELECT coalesce(t.name, nullif(t.dst, ''), 'not known') AS destination, min(t.class), count(DISTINCT t.host) AS hosts,
	count(DISTINCT b.night) AS nights, CAST(sum(t.attempts) AS {long}) AS attempts,
	CAST(sum(CASE WHEN t.allowed = 1 THEN t.attempts ELSE 0 END) AS {long}), min(t.first_ns), max(t.last_ns)
FROM target t
JOIN bundle b ON b.host = t.host AND b.number = t.bundle
WHERE t.in_session = 1 AND t.leaves = 1 AND b.began_ns >= $1 AND b.began_ns < $2
GROUP BY coalesce(t.name, nullif(t.dst, ''), 'not known')
ORDER BY hosts DESC, attempts DESC, destination
LIMIT 10001;
