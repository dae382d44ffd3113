SELECT tokens_per_s, tokens_per_s_half, first_token_ms, first_token_ms_half FROM model_speed WHERE source = ?1 AND model = ?2;
