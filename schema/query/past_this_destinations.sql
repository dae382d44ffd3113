-- Where this session tried to go, named as in report_egress.sql.
INSERT INTO past_destination (audit, destination, attempts)
SELECT p.audit, d.destination, d.attempts
FROM past p, (
	SELECT substr(coalesce(g.name,
			(SELECT min(n.name) FROM flow f JOIN name n ON n.flow = f.id WHERE f.dst = g.dst AND n.name <> ''),
			(SELECT r.name FROM resolved r WHERE r.address = g.dst ORDER BY r.time_ns, r.name LIMIT 1),
			nullif(g.dst, ''), 'not known'), 1, 255) AS destination,
		sum(g.attempts) AS attempts
	FROM (SELECT name, dst, count(*) AS attempts FROM attempt
		WHERE EXISTS (SELECT 1 FROM past) AND suite = 0 AND in_session = 1 AND (leaves = 1 OR class IS NULL) GROUP BY name, dst) g
	GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 500) d
WHERE p.this_session = 1;
