-- The events of Windows tell of every process alike; which are the session's, its job tells.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'no_processes', 'Nothing tells which processes are the session''s',
	'No process of it stands in the evidence, so that nothing which the events of Windows tell could be put down to it.',
	json_object('table', 'process'), NULL, 'Run it again, as a command and not with --pid; if it stays so, ask airgap-collect probe on that machine.'
FROM witness w
WHERE w.name = 'etw' AND w.required = 1 AND NOT EXISTS (SELECT 1 FROM process WHERE in_tree = 1 OR in_cgroup = 1)
	AND NOT EXISTS (SELECT 1 FROM session WHERE name = 'scope' AND value = 'host')
UNION ALL
-- A process that was gone, or never there, reaches out to nobody: that says nothing of the program that was meant.
SELECT 'high', 'INCONCLUSIVE', 'no_processes', 'No process was watched',
	'Process ' || s.value || ' was to be watched, and nothing shows that it ran.',
	json_object('table', 'process'), NULL, 'Look up its number anew (ps -e), and watch one that runs; or run it as a command.'
FROM session s
WHERE s.name = 'watched_pid' AND NOT EXISTS (SELECT 1 FROM process WHERE in_tree = 1 OR in_cgroup = 1)
	AND NOT EXISTS (SELECT 1 FROM witness WHERE name = 'etw' AND required = 1)
	AND NOT EXISTS (SELECT 1 FROM session WHERE name = 'scope' AND value = 'host');
