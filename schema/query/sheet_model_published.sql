-- Beside ours, where a model of that name was asked. Published figures are mostly of other weights and prompts.
SELECT p.model AS "Model", p.variant AS "Benchmark", round(100 * p.pass_at_1, 1) AS "Published, %", p.precision AS "Precision", p.prompt_mode AS "Prompts",
	round(100 * r.pass_at_1, 1) AS "Here, %", round(100 * r.interval_low, 1) AS "From, %", round(100 * r.interval_high, 1) AS "To, %",
	r.quantisation AS "Here as", p.title AS "Where it was published", p.published AS "When"
FROM published p
LEFT JOIN v_model_run r ON r.model = p.model AND r.problem_set = p.benchmark AND p.variant IN ('HumanEval', 'MBPP')
ORDER BY p.rowid, r.source;
