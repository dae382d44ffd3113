SELECT coalesce(t.vector, 'none') AS vector, count(DISTINCT t.host), count(DISTINCT b.night), CAST(sum(t.attempts) AS {long}) AS attempts,
	CAST(sum(CASE WHEN t.allowed = 1 THEN t.attempts ELSE 0 END) AS {long}), min(t.first_ns), max(t.last_ns)
FROM target t
JOIN bundle b ON b.host = t.host AND b.number = t.bundle
WHERE t.in_session = 1 AND t.leaves = 1 AND b.began_ns >= $1 AND b.began_ns < $2
GROUP BY coalesce(t.vector, 'none')
ORDER BY attempts DESC, vector;
