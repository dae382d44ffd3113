-- What a share is computed of: each suite of a model, its languages and difficulties, and all of it.
SELECT DISTINCT source, model, problem_set, 'suite', problem_set FROM model_task
UNION ALL SELECT DISTINCT source, model, problem_set, 'language', language FROM model_task
UNION ALL SELECT DISTINCT source, model, problem_set, 'difficulty', difficulty FROM model_task WHERE difficulty IS NOT NULL
UNION ALL SELECT DISTINCT source, model, 'all', 'all', 'all' FROM model_task
ORDER BY 1, 2, 3, 4, 5;
