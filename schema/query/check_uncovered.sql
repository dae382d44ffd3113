-- Coverage has to span all of the session, from before the command to after the watch, and
-- the loss counter has to stand in the evidence.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'uncovered', 'The witness ' || w.name || ' did not cover all of the session',
	CASE WHEN n.since IS NULL THEN 'No test connection of the session shows that it saw anything.'
		WHEN n.since <= b.since AND n.until >= b.until THEN 'The evidence does not tell whether it lost records.'
		ELSE 'It is shown to have seen from ' || strftime('%H:%M:%S', n.since / 1000000000, 'unixepoch') || ' to '
			|| strftime('%H:%M:%S', n.until / 1000000000, 'unixepoch') || ' UTC only.' END,
	json_object('view', 'v_coverage', 'witness', w.name), NULL, 'Run it again and let it come to its end.'
FROM witness w
JOIN (SELECT cast(value AS INTEGER) AS since,
		(SELECT max(cast(value AS INTEGER)) FROM session WHERE name IN ('watch_from_ns', 'command_ended_ns', 'watch_to_ns')) AS until
	FROM session WHERE name = 'watch_from_ns') b
LEFT JOIN (SELECT witness, min(from_ns) AS since, max(to_ns) AS until FROM coverage GROUP BY witness) n ON n.witness = w.name
WHERE w.required = 1 AND w.name <> 'applog' AND w.state = 'on' AND (n.since IS NULL OR n.since > b.since OR n.until < b.until
	OR NOT EXISTS (SELECT 1 FROM loss l WHERE l.witness = w.name))
ORDER BY w.name;
