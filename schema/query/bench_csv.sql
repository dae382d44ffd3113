SELECT r.source AS source, r.model AS model, r.digest AS digest, r.quantisation AS quantisation, r.tier AS tier,
	r.problem_set AS problem_set, r.grouped_by AS grouped_by, r.name AS name, r.tasks AS tasks, r.samples AS samples,
	r.passed AS passed, r.server_errors AS server_errors, round(r.pass_at_1, 6) AS pass_at_1, round(r.interval_low, 6) AS
	interval_low, round(r.interval_high, 6) AS interval_high, round(r.bootstrap_low, 6) AS bootstrap_low,
	round(r.bootstrap_high, 6) AS bootstrap_high, round(r.pass_at_5, 6) AS pass_at_5, round(r.pass_at_10, 6) AS pass_at_10,
	round(r.tokens_per_s, 6) AS tokens_per_s, r.rate_from AS rate_from, round(r.first_token_ms, 6) AS first_token_ms,
	round(r.prompt_tokens_per_s, 6) AS prompt_tokens_per_s, r.vram_bytes AS vram_bytes, round(r.spilled, 6) AS spilled,
	round(r.joules_per_token, 6) AS joules_per_token, r.verdict AS verdict
FROM (
	SELECT *, 'suite' AS grouped_by, problem_set AS name FROM v_model_run
	UNION ALL
	SELECT model, NULL, NULL, NULL, problem_set, pass_at_1, interval_low, interval_high, NULL, NULL, NULL, NULL, source, tasks, samples,
		passed, NULL, bootstrap_low, bootstrap_high, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
		NULL, NULL, NULL, NULL, NULL, NULL, NULL, grouped_by, name
	FROM v_model_group
) r
ORDER BY r.source, r.model, r.problem_set, r.grouped_by <> 'suite', r.grouped_by, r.name;
