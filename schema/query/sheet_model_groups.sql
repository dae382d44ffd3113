SELECT model AS "Model", problem_set AS "Suite", grouped_by AS "Grouped by", name AS "Group", tasks AS "Tasks", samples AS "Answers",
	passed AS "Passed", round(100 * pass_at_1, 1) AS "pass@1, %", round(100 * interval_low, 1) AS "From, %", round(100 * interval_high, 1) AS "To, %"
FROM v_model_group
ORDER BY source, model, CASE problem_set WHEN 'complete' THEN 1 WHEN 'repair' THEN 2 WHEN 'edit' THEN 3 WHEN 'agent' THEN 4 ELSE 5 END, problem_set, grouped_by,
	CASE name WHEN 'easy' THEN 1 WHEN 'middle' THEN 2 WHEN 'hard' THEN 3 ELSE 4 END, name;
