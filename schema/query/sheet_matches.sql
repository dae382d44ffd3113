SELECT m.outcome AS "Outcome", a.time_ns AS "Attempt (UTC)", coalesce(a.dst, f.dst) AS "Destination", coalesce(a.dport, f.dport) AS "Port",
	a.comm AS "Process", e.time_ns AS "Log entry (UTC)", l.path AS "Log", e.line AS "Line", e.disposition AS "The log says",
	m.offset_ns / 1e9 AS "Seconds apart", m.rule AS "Rule", m.attempt AS "Attempt no.", m.flow AS "Flow no.",
	m.app_event AS "App event no."
FROM match m
LEFT JOIN attempt a ON a.id = m.attempt
LEFT JOIN flow f ON f.id = m.flow
LEFT JOIN app_event e ON e.id = m.app_event
LEFT JOIN app_log l ON l.id = e.log
ORDER BY m.rowid;
