-- What a share is computed of: each suite of a model, and its languages and difficulties.
SELECT DISTINCT source, model, problem_set, 'suite', problem_set FROM model_task
UNION ALL SELECT DISTINCT source, model, problem_set, 'language', language FROM model_task
UNION ALL SELECT DISTINCT source, model, problem_set, 'difficulty', difficulty FROM model_task WHERE difficulty IS NOT NULL
ORDER BY 1, 2, 3, 4, 5;
