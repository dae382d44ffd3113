-- "18/24" by language and difficulty, a row a suite.
SELECT model, problem_set,
	max(CASE WHEN grouped_by = 'language' AND name = 'python' THEN passed || '/' || samples END),
	max(CASE WHEN grouped_by = 'language' AND name = 'c' THEN passed || '/' || samples END),
	max(CASE WHEN grouped_by = 'language' AND name = 'javascript' THEN passed || '/' || samples END),
	max(CASE WHEN grouped_by = 'language' AND name = 'shell' THEN passed || '/' || samples END),
	max(CASE WHEN grouped_by = 'difficulty' AND name = 'easy' THEN passed || '/' || samples END),
	max(CASE WHEN grouped_by = 'difficulty' AND name = 'middle' THEN passed || '/' || samples END),
	max(CASE WHEN grouped_by = 'difficulty' AND name = 'hard' THEN passed || '/' || samples END)
FROM model_group
WHERE grouped_by IN ('language', 'difficulty')
GROUP BY source, model, problem_set
ORDER BY source, model, CASE problem_set WHEN 'complete' THEN 1 WHEN 'repair' THEN 2 WHEN 'edit' THEN 3 WHEN 'agent' THEN 4 ELSE 5 END, problem_set
LIMIT ?1;
