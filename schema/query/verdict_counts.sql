-- What the one sentence of the verdict is made of.
SELECT a.local, a.egress, a.allowed, (SELECT count(*) FROM finding WHERE effect = 'INCONCLUSIVE'),
	coalesce((SELECT title FROM finding WHERE effect = 'FAIL' ORDER BY id LIMIT 1), ''),
	coalesce((SELECT title FROM finding WHERE effect = 'INCONCLUSIVE' ORDER BY id LIMIT 1), ''),
	(SELECT count(*) FROM finding WHERE effect = 'FAIL' AND NOT (check_id IN ('egress', 'name_leak') AND severity = 'high')),
	EXISTS (SELECT 1 FROM isolation_proof), EXISTS (SELECT 1 FROM witness WHERE name = 'kernel' AND state = 'on'),
	(SELECT count(*) FROM carried), EXISTS (SELECT 1 FROM witness WHERE name = 'seccomp' AND state = 'on')
FROM (SELECT count(*) FILTER (WHERE class IN ('loopback', 'own')) AS local, count(*) FILTER (WHERE leaves = 1 AND allowed = 0) AS egress,
	count(*) FILTER (WHERE leaves = 1 AND allowed = 1) AS allowed FROM attempt NOT INDEXED WHERE in_session = 1) a;
