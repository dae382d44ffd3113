-- What the one sentence of the verdict is made of.
SELECT a.local, a.egress, a.allowed, (SELECT count(*) FROM finding WHERE effect = 'INCONCLUSIVE'),
	coalesce((SELECT title FROM finding WHERE effect = 'FAIL' ORDER BY id LIMIT 1), ''),
	coalesce((SELECT title FROM finding WHERE effect = 'INCONCLUSIVE' ORDER BY id LIMIT 1), '')
FROM (SELECT count(*) FILTER (WHERE class IN ('loopback', 'own')) AS local, count(*) FILTER (WHERE leaves = 1 AND allowed = 0) AS egress,
	count(*) FILTER (WHERE leaves = 1 AND allowed = 1) AS allowed FROM attempt NOT INDEXED WHERE in_session = 1) a;
