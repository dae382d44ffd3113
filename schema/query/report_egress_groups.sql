-- The same, one row for each process, way and destination. What was not allowed and went
-- furthest comes first, then in the order of time.
WITH of_attempt AS (
	SELECT f.attempt AS attempt, min(n.name) AS name
	FROM flow f JOIN name n ON n.flow = f.id WHERE f.attempt IS NOT NULL AND n.name <> '' GROUP BY f.attempt
), of_address AS (
	SELECT f.dst AS dst, min(n.name) AS name FROM flow f JOIN name n ON n.flow = f.id WHERE n.name <> '' GROUP BY f.dst
)
SELECT min(a.time_ns), max(a.time_ns), count(*), a.pid, a.comm, p.exe, a.call, a.proto, a.dst, a.dport,
	coalesce(min(a.name), min(x.name), min(y.name),
		(SELECT r.name FROM resolved r WHERE r.address = a.dst ORDER BY r.time_ns, r.name LIMIT 1)),
	a.outcome, sum(a.bytes_out), sum(a.bytes_in), max(a.left_machine), a.class, a.vector, a.allowed,
	count(*) OVER () AS groups, e.product, a.browser
FROM attempt a
LEFT JOIN endpoint e ON e.rule = a.rule
LEFT JOIN process p ON p.id = a.process
LEFT JOIN of_attempt x ON x.attempt = a.id
LEFT JOIN of_address y ON y.dst = a.dst
WHERE a.suite = 0 AND a.in_session = 1 AND (a.leaves = 1 OR a.class IS NULL)
GROUP BY a.pid, a.comm, p.exe, a.call, a.proto, a.dst, a.dport, a.outcome, a.class, a.vector, a.allowed, a.rule, a.browser
ORDER BY a.allowed,
	CASE a.class WHEN 'public' THEN 0 WHEN 'private' THEN 2 WHEN 'multicast' THEN 3
		WHEN 'link_local' THEN 4 ELSE 1 END,
	min(a.time_ns), min(a.id)
LIMIT ?1;
