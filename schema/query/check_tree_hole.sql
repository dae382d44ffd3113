-- A process of the session that acted, or ended, and whose beginning nobody saw: neither a fork nor an exec, nor
-- was it there before, nor is it the command, which the collector itself began and told of. Where it is known by
-- the session's control group alone its own acts still count as the session's; by descent alone, what it forked
-- before may be missing.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN g.outside THEN 'medium' ELSE 'low' END, CASE WHEN g.outside THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'tree_hole',
	'The tree of processes has a hole: ' || g.n || CASE WHEN g.n = 1 THEN ' process' ELSE ' processes' END || ' of the session began unseen',
	'The first: pid ' || p.pid || coalesce(', ' || nullif(p.comm, ''), '') || ', first seen at '
		|| strftime('%H:%M:%S', p.first_ns / 1000000000, 'unixepoch') || ' UTC. Its parent is not known'
		|| CASE WHEN g.outside THEN ', and it is not in the session''s control group: others like it may count as strangers.'
			ELSE '; it is in the session''s control group, so that what it did counts all the same.' END,
	json_object('table', 'process', 'id', p.id, 'processes', g.n), NULL, 'Run it again; if it stays so, ask airgap-verify doctor.'
FROM (SELECT min(p.id) AS first, count(DISTINCT p.pid) AS n, p.in_cgroup = 0 AS outside FROM process p
	WHERE (p.in_cgroup = 1 OR p.in_tree = 1) AND p.ppid IS NULL
		AND NOT EXISTS (SELECT 1 FROM process b WHERE b.pid = p.pid AND b.ppid IS NOT NULL AND b.first_ns <= p.first_ns)
		AND NOT EXISTS (SELECT 1 FROM session c WHERE c.name = 'command_pid' AND cast(c.value AS INTEGER) = p.pid)
		AND EXISTS (SELECT 1 FROM session WHERE name = 'scope' AND value = 'session')
	GROUP BY outside) g
JOIN process p ON p.id = g.first
ORDER BY g.outside DESC;
