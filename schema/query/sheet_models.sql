-- Shares in percent, with the ends of their 95 % interval (Wilson).
SELECT r.model AS "Model", r.problem_set AS "Suite", r.tier AS "Tier", r.quantisation AS "Quantisation", r.tasks AS "Tasks",
	r.samples AS "Answers", r.passed AS "Passed", round(100 * r.pass_at_1, 1) AS "pass@1, %", round(100 * r.interval_low, 1) AS "From, %",
	round(100 * r.interval_high, 1) AS "To, %", round(100 * r.pass_at_5, 1) AS "pass@5, %", round(100 * r.pass_at_10, 1) AS "pass@10, %",
	r.server_errors AS "Failed by the server",
	(SELECT v.verdict FROM v_model_verdict v WHERE v.source = r.source AND v.model = r.model AND v.criterion = 'pass_' || r.problem_set) AS "Verdict",
	r.digest AS "Digest", r.source AS "File"
FROM v_model_run r
ORDER BY r.source, r.model, CASE problem_set WHEN 'complete' THEN 1 WHEN 'repair' THEN 2 WHEN 'edit' THEN 3 WHEN 'agent' THEN 4 ELSE 5 END, problem_set;
