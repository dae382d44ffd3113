SELECT * FROM v_model_run ORDER BY model, problem_set;
