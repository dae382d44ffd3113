-- Over all tasks; one row a model.
SELECT g.model AS "Model", round(100 * g.pass_at_1, 1) AS "pass@1, %"
FROM model_group g WHERE g.grouped_by = 'all' AND g.pass_at_1 IS NOT NULL
ORDER BY 2 DESC, 1;
