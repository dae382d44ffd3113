SELECT pass_at_1, interval_low, interval_high FROM model_run WHERE source = ?1 AND model = ?2 AND problem_set = ?3 AND pass_at_1 IS NOT NULL;
