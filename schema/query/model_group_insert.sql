INSERT INTO model_group (source, model, problem_set, tasks, samples, passed, pass_at_1, interval_low, interval_high,
	bootstrap_low, bootstrap_high, grouped_by, name)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?8, ?9, ?10, ?11, ?12, ?17, ?18);
