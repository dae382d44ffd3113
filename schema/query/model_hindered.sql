-- Why figures of a model are none to judge by: reasons and remedies; ?3 is the share of server
-- errors that may be.
SELECT 'the file tells no settings of the run', 'Run it again.' WHERE NOT EXISTS (SELECT 1 FROM bench WHERE source = ?1)
UNION ALL
SELECT 'the sandbox was not shown to be closed', 'Run it again: airgap-verify bench tries the sandbox before the first task.'
WHERE NOT EXISTS (SELECT 1 FROM bench_proof WHERE source = ?1)
UNION ALL
SELECT 'the sandbox did not hold: ' || (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT name FROM bench_proof WHERE source = ?1 AND held = 0 ORDER BY record LIMIT 8)),
	'Nothing that ran in it can be trusted. Mend the sandbox (airgap-verify doctor) and run it again.'
WHERE EXISTS (SELECT 1 FROM bench_proof WHERE source = ?1 AND held = 0)
UNION ALL
SELECT 'the run did not come to its end', 'Take it up again with --resume.'
WHERE NOT EXISTS (
	SELECT 1 FROM bench_end e WHERE e.source = ?1 AND e.complete = 1 AND e.interrupted = 0
		AND e.record > coalesce((SELECT max(record) FROM bench WHERE source = ?1), 0)
		AND e.record > coalesce((SELECT max(record) FROM bench_answer WHERE source = ?1), 0))
UNION ALL
SELECT count || CASE WHEN count = 1 THEN ' line' ELSE ' lines' END || ' of the file could not be read', 'Run it again.'
FROM (SELECT sum(count) AS count FROM skipped WHERE source = ?1) WHERE count > 0
UNION ALL
SELECT there || ' of ' || wanted || CASE WHEN wanted = 1 THEN ' answer is there' ELSE ' answers are there' END, 'Take it up again with --resume.'
FROM (SELECT (SELECT tasks * samples FROM bench WHERE source = ?1 ORDER BY record LIMIT 1) AS wanted,
		(SELECT coalesce(sum(samples + server_errors), 0) FROM model_task WHERE source = ?1 AND model = ?2) AS there)
WHERE there < wanted
UNION ALL
SELECT 'only a part of the tasks was asked'
		|| CASE WHEN task_limit > 0 THEN ', ' || task_limit || ' of each suite' ELSE '' END
		|| CASE WHEN difficulties BETWEEN 1 AND 2 THEN ', of some difficulties' ELSE '' END
		|| CASE WHEN languages BETWEEN 1 AND 3 THEN ', of some languages' ELSE '' END,
	'Run it again without --limit, --difficulty and --language: a part tells nothing of the whole.'
FROM (SELECT task_limit, json_array_length(coalesce(difficulties_asked, '[]')) AS difficulties,
		json_array_length(coalesce(languages_asked, '[]')) AS languages FROM bench WHERE source = ?1 ORDER BY record LIMIT 1)
WHERE task_limit > 0 OR difficulties BETWEEN 1 AND 2 OR languages BETWEEN 1 AND 3
UNION ALL
SELECT errors || ' of ' || (errors + samples) || CASE WHEN errors + samples = 1 THEN ' answer failed on the server' ELSE ' answers failed on the server' END, 'Look at the server''s log, and take the run up again with --resume: what failed is asked again.'
FROM (SELECT coalesce(sum(server_errors), 0) AS errors, coalesce(sum(samples), 0) AS samples FROM model_task WHERE source = ?1 AND model = ?2)
WHERE errors > ?3 * (errors + samples)
UNION ALL
SELECT repeated || CASE WHEN repeated = 1 THEN ' answer stands' ELSE ' answers stand' END || ' in the file again', 'Run it again: each sample is asked once.'
FROM (SELECT coalesce(sum(repeated), 0) AS repeated FROM model_task WHERE source = ?1 AND model = ?2) WHERE repeated > 0
UNION ALL
SELECT printf('%.0f %% of the model did not fit into the graphics memory', max(1.0, 100.0 * spilled)),
	'Free graphics memory, choose a smaller context or a model of the machine''s tier (airgap-verify list tiers), and run it again.'
FROM model_speed WHERE source = ?1 AND model = ?2 AND spilled > 0
	AND NOT EXISTS (SELECT 1 FROM bench_machine WHERE source = ?1 AND tier_from = 'memory');
