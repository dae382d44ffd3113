SELECT model AS "Model", problem_set AS "Problems", tier AS "Tier", quantisation AS "Quantisation", pass_at_1 AS "pass@1",
	interval_low AS "From", interval_high AS "To", tokens_per_s AS "Tokens/s", prompt_tokens_per_s AS "Prompt tokens/s",
	first_token_ms AS "First token (ms)", vram_bytes AS "Graphics memory (bytes)", digest AS "Digest"
FROM v_model_run
ORDER BY model, problem_set;
