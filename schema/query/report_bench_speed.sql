SELECT v.model, v.repeats, v.rate_from, v.tokens_per_s, v.tokens_per_s_sd, v.tokens_per_s_p95, v.first_token_ms, v.first_token_ms_sd,
	v.first_token_ms_p95, v.prompt_tokens_per_s, v.load_ms, v.joules_per_token
FROM model_speed v WHERE v.tokens_per_s IS NOT NULL OR v.first_token_ms IS NOT NULL
ORDER BY v.source, v.model LIMIT ?1;
