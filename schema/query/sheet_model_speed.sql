SELECT v.model AS "Model", v.repeats AS "Repeats", v.rate_from AS "Clock", round(v.tokens_per_s, 1) AS "Tokens/s",
	round(v.tokens_per_s_sd, 2) AS "Deviation", round(v.tokens_per_s_p95, 1) AS "95 % reach", round(v.first_token_ms) AS "First token, ms",
	round(v.first_token_ms_sd, 1) AS "Deviation, ms", round(v.first_token_ms_p95) AS "95 % below, ms",
	round(v.prompt_tokens_per_s, 1) AS "Prompt tokens/s", round(v.load_ms) AS "Load, ms", v.context AS "Context",
	v.vram_bytes AS "Graphics memory, bytes", round(v.joules_per_token, 3) AS "Joules a token"
FROM model_speed v
ORDER BY v.source, v.model;
