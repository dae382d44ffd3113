SELECT r.source, r.model, r.digest, r.quantisation, r.tier, r.problem_set, r.grouped_by, r.name, r.tasks, r.samples, r.passed,
	r.server_errors, r.pass_at_1, r.interval_low, r.interval_high, r.bootstrap_low, r.bootstrap_high, r.pass_at_5, r.pass_at_10,
	r.tokens_per_s, r.rate_from, r.first_token_ms, r.prompt_tokens_per_s, r.vram_bytes, r.spilled, r.joules_per_token, r.verdict
FROM (
	SELECT *, 'suite' AS grouped_by, problem_set AS name FROM v_model_run
	UNION ALL
	SELECT model, NULL, NULL, NULL, problem_set, pass_at_1, interval_low, interval_high, NULL, NULL, NULL, NULL, source, tasks, samples,
		passed, NULL, bootstrap_low, bootstrap_high, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
		NULL, NULL, NULL, NULL, NULL, NULL, NULL, grouped_by, name
	FROM v_model_group
) r
ORDER BY r.source, r.model, r.problem_set, r.grouped_by <> 'suite', r.grouped_by, r.name;
