-- One row of the table of attempts to leave: ?1 an attempt that stands for the equal ones,
-- ?2 the first and ?3 the last time, ?4 how many, ?5 and ?6 bytes out and in, ?7 whether any
-- left, ?8 a name. A name is looked for in a hundred flows to the address at most.
SELECT ?2, ?3, ?4, a.pid, a.comm, p.exe, a.call, a.proto, a.dst, a.dport,
	coalesce(?8,
		(SELECT min(n.name) FROM flow f JOIN name n ON n.flow = f.id WHERE f.attempt = a.id AND n.name <> ''),
		(SELECT min(n.name) FROM (SELECT id FROM flow WHERE dst = a.dst LIMIT 100) f JOIN name n ON n.flow = f.id WHERE n.name <> ''),
		(SELECT r.name FROM resolved r WHERE r.address = a.dst ORDER BY r.time_ns, r.name LIMIT 1)),
	a.outcome, ?5, ?6, ?7, a.class, a.vector, a.allowed, NULL, e.product, a.browser
FROM attempt a
LEFT JOIN endpoint e ON e.rule = a.rule
LEFT JOIN process p ON p.id = a.process
WHERE a.id = ?1;
