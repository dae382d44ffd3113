SELECT r.*, (SELECT v.verdict FROM v_model_verdict v WHERE v.source = r.source AND v.model = r.model AND v.criterion = 'pass_' || r.problem_set) AS suite_verdict
FROM v_model_run r
ORDER BY r.source, r.model, CASE r.problem_set WHEN 'complete' THEN 1 WHEN 'repair' THEN 2 WHEN 'edit' THEN 3 WHEN 'agent' THEN 4 ELSE 5 END, r.problem_set
LIMIT ?1;
