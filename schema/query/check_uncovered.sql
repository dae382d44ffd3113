-- Coverage has to span all of the session, from before the command to after it.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'uncovered', 'The witness ' || w.name || ' did not cover all of the session',
	CASE WHEN n.since IS NULL THEN 'No test connection of the session shows that it saw anything.'
		ELSE 'It is shown to have seen from ' || strftime('%H:%M:%S', n.since / 1000000000, 'unixepoch') || ' to '
			|| strftime('%H:%M:%S', n.until / 1000000000, 'unixepoch') || ' UTC only.' END,
	json_object('view', 'v_coverage', 'witness', w.name), NULL, 'Run it again and let it come to its end.'
FROM witness w
JOIN (SELECT cast(value AS INTEGER) AS since,
		cast(coalesce((SELECT value FROM session WHERE name = 'command_ended_ns'), (SELECT value FROM session WHERE name = 'watch_to_ns'),
			(SELECT max(last_ns) FROM checkpoint), value) AS INTEGER) AS until
	FROM session WHERE name = 'watch_from_ns') b
LEFT JOIN (SELECT witness, min(from_ns) AS since, max(to_ns) AS until FROM coverage GROUP BY witness) n ON n.witness = w.name
WHERE w.required = 1 AND w.state = 'on' AND (n.since IS NULL OR n.since > b.since OR n.until < b.until)
ORDER BY w.name;
