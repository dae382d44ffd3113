-- Beside ours, where a model of that name was asked; of models that were not asked too, without.
SELECT p.model, p.benchmark, p.variant, p.pass_at_1, p.precision, p.prompt_mode, p.published, p.title, r.pass_at_1 AS ours, r.interval_low AS ours_low,
	r.interval_high AS ours_high, r.quantisation AS ours_quantisation, r.source AS ours_source,
	EXISTS (SELECT 1 FROM v_model_run a WHERE a.model IN (p.model, p.model || ':latest')) AS asked
FROM published p
LEFT JOIN v_model_run r ON r.model IN (p.model, p.model || ':latest') AND r.problem_set = p.benchmark AND p.variant IN ('HumanEval', 'MBPP')
ORDER BY p.rowid, r.source, r.model LIMIT ?1;
