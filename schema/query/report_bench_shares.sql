-- The suites in their order, the models of each by tier; the line that the policy draws.
SELECT r.problem_set, coalesce(r.tier, 'no tier'), r.model, r.pass_at_1, r.interval_low, r.interval_high, r.passed, r.samples,
	(SELECT v.wanted FROM model_verdict v WHERE v.source = r.source AND v.model = r.model AND v.criterion = 'pass_' || r.problem_set)
FROM model_run r
WHERE r.pass_at_1 IS NOT NULL
ORDER BY CASE r.problem_set WHEN 'complete' THEN 1 WHEN 'repair' THEN 2 WHEN 'edit' THEN 3 WHEN 'agent' THEN 4 ELSE 5 END, r.problem_set,
	r.tier IS NULL, r.tier LIKE 'above%', cast(r.tier AS INTEGER), r.tier, r.source, r.model
LIMIT ?1;
