-- What each model was judged by; the criteria that the same is said of together.
SELECT v.source, v.model, CASE WHEN sum(v.verdict = 'FAIL') OVER w > 0 THEN 'FAIL' WHEN sum(v.verdict = 'INCONCLUSIVE') OVER w > 0 THEN 'INCONCLUSIVE' ELSE 'PASS' END AS worst,
	v.criteria, v.verdict, v.why, v.remedy
FROM (SELECT source, model, verdict, why, remedy, group_concat(criterion, ', ') AS criteria
	FROM (SELECT * FROM v_model_verdict ORDER BY source, model, criterion) GROUP BY source, model, verdict, why, remedy) v
WINDOW w AS (PARTITION BY v.source, v.model)
ORDER BY v.source, v.model, v.verdict = 'PASS', v.verdict = 'INCONCLUSIVE', v.criteria LIMIT ?1;
