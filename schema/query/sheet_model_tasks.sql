SELECT model AS "Model", problem_set AS "Suite", task AS "Task", language AS "Language", difficulty AS "Difficulty", samples AS "Answers",
	passed AS "Passed", server_errors AS "Failed by the server", tokens AS "Tokens", round(total_ns / 1e9, 1) AS "Seconds"
FROM v_model_task
ORDER BY source, model, CASE problem_set WHEN 'complete' THEN 1 WHEN 'repair' THEN 2 WHEN 'edit' THEN 3 WHEN 'agent' THEN 4 ELSE 5 END, problem_set, task;
