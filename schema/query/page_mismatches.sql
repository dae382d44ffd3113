-- Where the app's log and the machine differ.
SELECT m.outcome AS "Outcome", a.time_ns AS "Attempt (UTC)", a.comm AS "Process", coalesce(a.dst, f.dst) AS "Destination",
	coalesce(a.dport, f.dport) AS "Port", e.time_ns AS "Log entry (UTC)", l.path AS "Log", e.line AS "Line",
	e.disposition AS "The log says", e.text AS "Text", m.rule AS "Rule"
FROM match m
LEFT JOIN attempt a ON a.id = m.attempt
LEFT JOIN flow f ON f.id = m.flow
LEFT JOIN app_event e ON e.id = m.app_event
LEFT JOIN app_log l ON l.id = e.log
WHERE m.outcome <> 'confirmed'
ORDER BY m.rowid;
