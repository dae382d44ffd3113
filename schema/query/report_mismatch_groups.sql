-- The same, equal attempts that the log does not speak of in one row.
SELECT m.outcome, min(a.time_ns), a.pid, a.comm, a.proto, a.dst, a.dport, a.outcome,
	min(f.first_ns), f.proto, f.dst, f.dport, e.time_ns, l.app, l.path, e.line, e.disposition, e.text,
	count(*), count(*) OVER () AS groups, m.rule, e.id
FROM match m
LEFT JOIN attempt a ON a.id = m.attempt
LEFT JOIN flow f ON f.id = m.flow
LEFT JOIN app_event e ON e.id = m.app_event
LEFT JOIN app_log l ON l.id = e.log
WHERE m.outcome <> 'confirmed'
GROUP BY m.outcome, m.rule, e.id, a.pid, a.comm, a.proto, a.dst, a.dport, a.outcome, f.proto, f.dst, f.dport
ORDER BY CASE m.outcome WHEN 'contradicted' THEN 0 WHEN 'unreported' THEN 1 WHEN 'unattributed' THEN 2
		ELSE 3 END,
	coalesce(min(a.time_ns), min(f.first_ns), e.time_ns), min(m.attempt), min(m.flow), e.id
LIMIT ?1;
