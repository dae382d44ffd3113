SELECT p.*, p.problem_set = 'all' OR NOT EXISTS (SELECT 1 FROM v_model_pair x WHERE x.source = p.source AND x.model_a = p.model_a
	AND x.model_b = p.model_b AND x.problem_set = 'all') AS overall
FROM v_model_pair p
ORDER BY p.source, p.model_a, p.model_b, p.problem_set = 'all' DESC, p.problem_set LIMIT ?1;
