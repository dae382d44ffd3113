-- The nearest attempt of the session that is still free: same port, same destination by
-- address or by a name that belongs to it. A process that the log names must be that one.
SELECT a.id, a.time_ns, a.outcome, coalesce(a.left_machine, 0), a.class, coalesce(a.bytes_out, 0)
FROM attempt a
WHERE a.in_session = 1 AND a.call <> 'socket'
	AND a.time_ns BETWEEN ?2 - ?7 AND ?2 + ?7
	AND (?4 IS NULL OR a.dport = ?4)
	AND (?5 = '' OR a.proto = ?5)
	AND (?6 = 0 OR a.pid = ?6)
	AND (a.dst = ?3 OR (?3 = 'localhost' AND a.class = 'loopback')
		OR EXISTS (SELECT 1 FROM flow f JOIN name n ON n.flow = f.id WHERE f.dst = a.dst AND n.name = ?3 COLLATE NOCASE)
		OR EXISTS (SELECT 1 FROM resolved r WHERE r.address = a.dst AND r.name = ?3 COLLATE NOCASE))
	AND NOT EXISTS (SELECT 1 FROM match m WHERE m.attempt = a.id)
ORDER BY abs(a.time_ns - ?2), a.id LIMIT 1;
