SELECT model AS "Model", problem_set AS "Suite", coalesce(json_extract(outcomes, '$.passed'), 0) AS "Passed",
	coalesce(json_extract(outcomes, '$.failed'), 0) AS "Failed", coalesce(json_extract(outcomes, '$.crashed'), 0) AS "Crashed",
	coalesce(json_extract(outcomes, '$.syntax_error'), 0) AS "Syntax",
	coalesce(json_extract(outcomes, '$.timeout'), 0) + coalesce(json_extract(outcomes, '$.limit'), 0) AS "Time, memory",
	coalesce(json_extract(outcomes, '$.empty'), 0) + coalesce(json_extract(outcomes, '$.refused'), 0) + coalesce(json_extract(outcomes, '$.no_code'), 0) AS "No answer",
	coalesce(json_extract(outcomes, '$.cut'), 0) + coalesce(json_extract(outcomes, '$.slow'), 0) AS "Cut, slow",
	coalesce(json_extract(outcomes, '$.server_error'), 0) AS "Server"
FROM v_model_run
ORDER BY source, model, CASE problem_set WHEN 'complete' THEN 1 WHEN 'repair' THEN 2 WHEN 'edit' THEN 3 WHEN 'agent' THEN 4 ELSE 5 END, problem_set;
