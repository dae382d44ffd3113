-- PASS, FAIL or INCONCLUSIVE: FAIL where any is; NULL where nothing was judged.
SELECT CASE WHEN count(*) = 0 THEN NULL WHEN sum(verdict = 'FAIL') > 0 THEN 'FAIL'
	WHEN sum(verdict = 'INCONCLUSIVE') > 0 THEN 'INCONCLUSIVE' ELSE 'PASS' END
FROM model_verdict;
