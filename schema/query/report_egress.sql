-- Every attempt that was aimed at another machine, or whose destination is not known, in
-- order, with the best name there is for the destination.
WITH of_attempt AS (
	SELECT f.attempt AS attempt, min(n.name) AS name
	FROM flow f JOIN name n ON n.flow = f.id WHERE f.attempt IS NOT NULL AND n.name <> '' GROUP BY f.attempt
), of_address AS (
	SELECT f.dst AS dst, min(n.name) AS name FROM flow f JOIN name n ON n.flow = f.id WHERE n.name <> '' GROUP BY f.dst
)
SELECT a.id, a.time_ns, a.witness, a.pid, a.comm, p.exe, i.sha256, a.call, a.proto, a.src, a.sport,
	a.dst, a.dport,
	coalesce(a.name, x.name, y.name, (SELECT r.name FROM resolved r WHERE r.address = a.dst ORDER BY r.time_ns, r.name LIMIT 1)),
	a.outcome, a.errno, a.bytes_out, a.bytes_in, a.left_machine, a.class, a.vector, a.allowed, s.path, a.record,
	e.product, a.rule, a.confidence, a.name_how, a.browser, t.special, t.role, e.off_switch
FROM attempt a
LEFT JOIN process p ON p.id = a.process
LEFT JOIN image i ON i.id = p.image
LEFT JOIN of_attempt x ON x.attempt = a.id
LEFT JOIN of_address y ON y.dst = a.dst
LEFT JOIN source s ON s.id = a.source
LEFT JOIN endpoint e ON e.rule = a.rule
LEFT JOIN destination t ON t.address = a.dst
WHERE a.suite = 0 AND a.in_session = 1 AND (a.leaves = 1 OR a.class IS NULL)
ORDER BY a.time_ns, a.id
LIMIT ?1;
