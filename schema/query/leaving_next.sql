-- The next place that attempts leave for, in order; each part is one step down the index.
SELECT * FROM (
	SELECT * FROM (SELECT coalesce(dst, ''), coalesce(dport, -1), proto FROM attempt
		WHERE leaves = 1 AND coalesce(dst, '') = ?1 AND coalesce(dport, -1) = ?2 AND proto > ?3
		ORDER BY proto LIMIT 1)
	UNION ALL SELECT * FROM (SELECT coalesce(dst, ''), coalesce(dport, -1), proto FROM attempt
		WHERE leaves = 1 AND coalesce(dst, '') = ?1 AND coalesce(dport, -1) > ?2
		ORDER BY coalesce(dport, -1), proto LIMIT 1)
	UNION ALL SELECT * FROM (SELECT coalesce(dst, ''), coalesce(dport, -1), proto FROM attempt
		WHERE leaves = 1 AND coalesce(dst, '') > ?1
		ORDER BY coalesce(dst, ''), coalesce(dport, -1), proto LIMIT 1))
LIMIT 1;
