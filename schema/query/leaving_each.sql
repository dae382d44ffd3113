-- What does not stay on the machine, one attempt a row.
SELECT a.id, coalesce(a.dst, ''), coalesce(a.dport, -1), a.proto, a.time_ns, coalesce(a.process, 0), coalesce(a.comm, ''),
	a.leaves, coalesce((SELECT min(f.id) FROM flow f WHERE f.attempt = a.id), 0)
FROM attempt a
WHERE a.leaves = 1 OR (a.suite = 0 AND coalesce(a.class, '') NOT IN ('loopback', 'own', 'unix') AND a.call <> 'socket');
