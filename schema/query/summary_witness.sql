-- Each witness with how long it is shown to have seen, in seconds, and what it lost.
SELECT w.name, w.state, w.required,
	coalesce((SELECT sum(to_ns - from_ns) FROM coverage c WHERE c.witness = w.name AND c.state = 'seeing'), 0) / 1e9,
	(SELECT count(*) FROM coverage c WHERE c.witness = w.name AND c.state <> 'seeing'),
	w.canaries
FROM witness w WHERE w.name > ?1 AND NOT (w.name = 'applog' AND NOT EXISTS (SELECT 1 FROM app_log)) ORDER BY w.name LIMIT 1;
