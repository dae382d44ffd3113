SELECT model AS "Model", round(tokens_per_s, 1) AS "Tokens/s" FROM model_speed WHERE tokens_per_s IS NOT NULL ORDER BY 2 DESC, 1;
