SELECT * FROM v_model_pair ORDER BY source, model_a, model_b, problem_set;
