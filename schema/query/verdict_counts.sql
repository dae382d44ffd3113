-- What the one sentence of the verdict is made of.
SELECT
	(SELECT count(*) FROM attempt WHERE in_session = 1 AND class IN ('loopback', 'own')),
	(SELECT count(*) FROM attempt WHERE in_session = 1 AND leaves = 1 AND allowed = 0),
	(SELECT count(*) FROM attempt WHERE in_session = 1 AND leaves = 1 AND allowed = 1),
	(SELECT count(*) FROM finding WHERE effect = 'INCONCLUSIVE'),
	coalesce((SELECT title FROM finding WHERE effect = 'FAIL' ORDER BY id LIMIT 1), ''),
	coalesce((SELECT title FROM finding WHERE effect = 'INCONCLUSIVE' ORDER BY id LIMIT 1), '');
