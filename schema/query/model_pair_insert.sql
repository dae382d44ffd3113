INSERT INTO model_pair (source, model_a, model_b, problem_set, both, only_a, only_b, neither, p_exact, p_mid, tasks)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?5 + ?6 + ?7 + ?8);
