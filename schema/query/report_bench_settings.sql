SELECT s.path AS source, b.tool, b.time_ns, b.tasks, b.samples, b.suites, b.seed, b.temperature, b.context, b.tokens_max, b.timeout_ms,
	b.repeats, b.prompt_mode, b.languages, b.sandbox, b.cpus, b.tasks_sha256,
	(SELECT count(*) FROM bench r WHERE r.source = b.source AND r.resumed = 1) AS resumed,
	EXISTS (SELECT 1 FROM bench_end e WHERE e.source = b.source AND e.complete = 1 AND e.interrupted = 0
		AND e.record > (SELECT max(record) FROM bench x WHERE x.source = b.source)) AS complete,
	(SELECT count(*) FROM (SELECT model FROM bench_model m WHERE m.source = b.source UNION SELECT model FROM model_task t WHERE t.source = b.source)) AS models
FROM bench b JOIN source s ON s.id = b.source
WHERE b.record = (SELECT min(record) FROM bench x WHERE x.source = b.source)
ORDER BY b.source;
