-- How many models were asked, and how many of them are good enough, are not, and cannot be told.
SELECT count(*), sum(worst = 0), sum(worst = 2), sum(worst = 1) FROM (
	SELECT (SELECT max(CASE v.verdict WHEN 'FAIL' THEN 2 WHEN 'INCONCLUSIVE' THEN 1 ELSE 0 END) FROM model_verdict v
		WHERE v.source = m.source AND v.model = m.model) AS worst
	FROM (SELECT source, model FROM bench_model UNION SELECT source, model FROM bench_answer) m);
