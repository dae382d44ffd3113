-- Models of which a limit of tokens decided something: less context was given than was asked for,
-- or answers were ended by one. Of an agent's answer only the sum over its turns is known, which
-- says nothing of how full the context was.
SELECT s.path AS source, l.model, l.context_asked, l.context_given, l.answers, l.cut, l.filled
FROM (
	SELECT m.source, m.model, m.asked AS context_asked, m.given AS context_given, count(a.record) AS answers,
		coalesce(sum(a."end" = 'length'), 0) AS cut,
		coalesce(sum(coalesce(a.turns, 1) <= 1
			AND a.prompt_tokens + a.tokens >= CASE WHEN m.given > 0 AND (m.asked IS NULL OR m.given < m.asked) THEN m.given ELSE m.asked END - 8), 0) AS filled
	FROM (
		SELECT v.source, v.model, v.context AS given,
			(SELECT nullif(b.context, 0) FROM bench b WHERE b.source = v.source ORDER BY b.record LIMIT 1) AS asked
		FROM model_speed v
	) m
	LEFT JOIN bench_answer a ON a.source = m.source AND a.model = m.model
	GROUP BY m.source, m.model
) l
JOIN source s ON s.id = l.source
WHERE l.cut > 0 OR l.filled > 0 OR l.context_given < l.context_asked
ORDER BY l.source, l.model LIMIT ?1;
