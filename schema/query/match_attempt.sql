-- The nearest attempt of the session that is still free: same port, same destination by
-- address or by a name that belongs to it. A process that the log names must be that one.
SELECT a.id, a.time_ns, a.outcome, coalesce(a.left_machine, 0), a.class, coalesce(a.bytes_out, 0)
FROM attempt a
WHERE a.dst IN (SELECT ?3
		UNION SELECT value FROM json_each('["127.0.0.1","::1"]') WHERE ?3 = 'localhost' COLLATE NOCASE
		UNION SELECT f.dst FROM name n JOIN flow f ON f.id = n.flow WHERE n.name = ?3 COLLATE NOCASE AND n.name <> ''
		UNION SELECT r.address FROM resolved r WHERE r.name = ?3 COLLATE NOCASE)
	AND a.time_ns BETWEEN ?2 - ?7 AND ?2 + ?7
	AND a.in_session = 1 AND a.call NOT IN ('socket', 'inherited')
	AND (?4 IS NULL OR a.dport = ?4)
	AND (?5 = '' OR a.proto = ?5)
	AND (?6 = 0 OR a.pid = ?6)
	AND NOT EXISTS (SELECT 1 FROM match m WHERE m.attempt = a.id)
ORDER BY abs(a.time_ns - ?2), a.id LIMIT 1;
