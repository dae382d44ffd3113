-- What a session comes to, counted as report_counts.sql does; the share of the window as past_this.sql.
SELECT v.verdict, v.scope,
	(SELECT count(*) FROM v_attempt WHERE in_session = 1),
	(SELECT count(*) FROM v_attempt WHERE in_session = 1 AND leaves = 1),
	(SELECT count(*) FROM dns d LEFT JOIN flow f ON f.id = d.flow LEFT JOIN attempt a ON a.id = f.attempt
	 WHERE coalesce(a.suite, 0) = 0
		AND CASE WHEN d.pid IS NOT NULL THEN d.in_session ELSE coalesce(a.in_session, 1) END = 1
		AND coalesce(d.dir, CASE WHEN f.dir_how = 'passing' THEN 'in' END) IS NOT 'local'
		AND coalesce(d.dir, CASE WHEN f.dir_how = 'passing' THEN 'in' END) IS NOT 'in'),
	(SELECT count(*) FROM v_finding WHERE effect = 'FAIL'),
	(SELECT count(*) FROM v_finding WHERE effect = 'INCONCLUSIVE'),
	(SELECT min(share) FROM (
		SELECT coalesce((SELECT sum(max(u.to_ns - max(u.from_ns, coalesce(u.before, 0)), 0)) FROM (
			SELECT max(c.from_ns, v.from_ns) AS from_ns, min(c.to_ns, v.to_ns) AS to_ns,
				max(min(c.to_ns, v.to_ns)) OVER (ORDER BY c.from_ns, c.to_ns ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
			FROM coverage c WHERE c.witness = w.name AND c.state = 'seeing') u), 0) * 1000 / (v.to_ns - v.from_ns) AS share
		FROM witness w WHERE w.required = 1 AND w.name <> 'applog' AND v.to_ns > v.from_ns))
FROM verdict v;
