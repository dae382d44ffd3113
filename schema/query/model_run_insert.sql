INSERT INTO model_run (source, model, problem_set, tasks, samples, passed, server_errors, pass_at_1, interval_low,
	interval_high, bootstrap_low, bootstrap_high, pass_at_5, pass_at_5_tasks, pass_at_10, pass_at_10_tasks, outcomes,
	digest, quantisation, tier, tokens_per_s, first_token_ms, vram_bytes, prompt_tokens_per_s)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
	(SELECT json_group_object(o.key, o.count) FROM (
		SELECT j.key, sum(j.value) AS count FROM model_task t, json_each(t.outcomes) j
		WHERE t.source = ?1 AND t.model = ?2 AND t.problem_set = ?3 GROUP BY j.key ORDER BY j.key) o),
	m.digest, m.quantisation, m.tier, v.tokens_per_s, v.first_token_ms, v.vram_bytes, v.prompt_tokens_per_s
FROM (SELECT 1)
LEFT JOIN (SELECT * FROM bench_model WHERE source = ?1 AND model = ?2 ORDER BY record DESC LIMIT 1) m ON true
LEFT JOIN model_speed v ON v.source = ?1 AND v.model = ?2;
