-- Two models beside each other on the tasks that both answered; of a file that names very many,
-- the first 64.
WITH few AS (
	SELECT source, model FROM (
		SELECT source, model, row_number() OVER (PARTITION BY source ORDER BY model) AS place
		FROM (SELECT DISTINCT source, model FROM model_task))
	WHERE place <= 64
), together AS (
	SELECT a.source, a.model AS model_a, b.model AS model_b, a.problem_set, a.first_passed AS passed_a, b.first_passed AS passed_b
	FROM few x
	JOIN few y ON y.source = x.source AND x.model < y.model
	JOIN model_task a ON a.source = x.source AND a.model = x.model
	JOIN model_task b ON b.source = y.source AND b.model = y.model AND b.problem_set = a.problem_set AND b.task = a.task
	WHERE a.first_passed IS NOT NULL AND b.first_passed IS NOT NULL
)
SELECT source, model_a, model_b, problem_set, sum(passed_a AND passed_b), sum(passed_a AND NOT passed_b),
	sum(NOT passed_a AND passed_b), sum(NOT passed_a AND NOT passed_b)
FROM together GROUP BY source, model_a, model_b, problem_set
UNION ALL
SELECT source, model_a, model_b, 'all', sum(passed_a AND passed_b), sum(passed_a AND NOT passed_b),
	sum(NOT passed_a AND passed_b), sum(NOT passed_a AND NOT passed_b)
FROM together GROUP BY source, model_a, model_b HAVING count(DISTINCT problem_set) > 1
ORDER BY 1, 2, 3, 4;
