-- Every model that a file names, asked or not.
SELECT source, model FROM bench_model UNION SELECT source, model FROM bench_answer
UNION SELECT source, model FROM bench_speed ORDER BY 1, 2;
