SELECT * FROM v_model_task ORDER BY source, model, problem_set, task;
