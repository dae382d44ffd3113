SELECT * FROM v_model_group ORDER BY source, model, problem_set, grouped_by, name LIMIT ?1;
