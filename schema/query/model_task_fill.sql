-- The first answer to each sample is the one that counts, and one of the server's own before none.
INSERT INTO model_task (source, model, problem_set, task, language, difficulty, samples, passed, first_passed, server_errors,
	repeated, outcomes, tokens, total_ns)
WITH ranked AS (
	SELECT source, model, suite, task, language, difficulty, sample, outcome, tokens, total_ns,
		row_number() OVER (PARTITION BY source, model, suite, task, sample ORDER BY outcome = 'server_error', record) AS place,
		sum(outcome <> 'server_error') OVER (PARTITION BY source, model, suite, task, sample) AS times
	FROM bench_answer
), by_outcome AS (
	SELECT source, model, suite, task, outcome, min(language) AS language, min(difficulty) AS difficulty, count(*) AS count,
		sum(CASE WHEN times > 1 THEN times - 1 ELSE 0 END) AS more,
		min(CASE WHEN outcome <> 'server_error' THEN sample END) AS first,
		count(tokens) AS token_count, total(tokens) AS tokens, count(total_ns) AS ns_count, total(total_ns) AS total_ns
	FROM ranked WHERE place = 1
	GROUP BY source, model, suite, task, outcome
)
SELECT source, model, suite, task, min(language), min(difficulty),
	sum(CASE WHEN outcome = 'server_error' THEN 0 ELSE count END),
	sum(CASE WHEN outcome = 'passed' THEN count ELSE 0 END),
	coalesce(min(CASE WHEN outcome = 'passed' THEN first END), 2147483647) = min(first),
	sum(CASE WHEN outcome = 'server_error' THEN count ELSE 0 END),
	sum(more), json_group_object(outcome, count),
	CASE WHEN sum(token_count) > 0 THEN cast(total(tokens) AS INTEGER) END,
	CASE WHEN sum(ns_count) > 0 THEN cast(total(total_ns) AS INTEGER) END
FROM by_outcome
GROUP BY source, model, suite, task;
