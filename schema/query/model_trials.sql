SELECT samples, passed, server_errors FROM model_task
WHERE source = ?1 AND model = ?2 AND (problem_set = ?3 OR ?4 = 'all')
	AND CASE ?4 WHEN 'language' THEN language = ?5 WHEN 'difficulty' THEN difficulty = ?5 ELSE 1 END
ORDER BY problem_set, task;
