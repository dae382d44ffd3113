INSERT INTO model_speed (source, model, repeats, rate_from, tokens_per_s, tokens_per_s_sd, tokens_per_s_p95, tokens_per_s_half,
	first_token_ms, first_token_ms_sd, first_token_ms_p95, first_token_ms_half, prompt_rate_from, prompt_tokens_per_s,
	prompt_tokens_per_s_sd, prompt_tokens_per_s_p95, load_ms, cold_first_token_ms, context, vram_bytes, spilled,
	joules_per_token, joules_from)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23);
