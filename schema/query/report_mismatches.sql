-- Everything but `confirmed`, the contradictions first.
SELECT m.outcome, a.time_ns, a.pid, a.comm, a.proto, a.dst, a.dport, a.outcome,
	f.first_ns, f.proto, f.dst, f.dport, e.time_ns, l.app, l.path, e.line, e.disposition, e.text,
	m.rule, m.attempt, m.flow, m.app_event
FROM match m
LEFT JOIN attempt a ON a.id = m.attempt
LEFT JOIN flow f ON f.id = m.flow
LEFT JOIN app_event e ON e.id = m.app_event
LEFT JOIN app_log l ON l.id = e.log
WHERE m.outcome <> 'confirmed'
ORDER BY CASE m.outcome WHEN 'contradicted' THEN 0 WHEN 'unreported' THEN 1 WHEN 'unattributed' THEN 2
		ELSE 3 END,
	coalesce(a.time_ns, f.first_ns, e.time_ns), m.attempt, m.flow, m.app_event
LIMIT ?1;
