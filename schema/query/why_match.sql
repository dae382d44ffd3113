-- Both sides of what the cross-check decided about an entry, an attempt, a flow or a row of v_match.
SELECT m.rowid, m.outcome, coalesce(m.rule, ''), m.offset_ns, ml.path,
	a.id, t.at, t.who, a.call, t.destination, t.outcome, t.file, t.record,
	e.id, el.path, el.copy, e.line, e.time_ns, e.disposition, e.text,
	el.clock_state, el.clock_offset_ns, el.clock_drift_ppb, el.clock_pairs, el.clock_confidence,
	f.id, s.path, f.first_packet, f.proto, f.src, f.sport, f.dst, f.dport, f.first_ns, f.packets_out, f.bytes_out
FROM match m
LEFT JOIN app_log ml ON ml.id = m.log
LEFT JOIN attempt a ON a.id = m.attempt
LEFT JOIN told_attempt t ON t.id = a.id
LEFT JOIN app_event e ON e.id = m.app_event
LEFT JOIN app_log el ON el.id = e.log
LEFT JOIN flow f ON f.id = m.flow
LEFT JOIN source s ON s.id = f.source
WHERE CASE ?1 WHEN 'match' THEN m.rowid WHEN 'event' THEN m.app_event WHEN 'attempt' THEN m.attempt WHEN 'flow' THEN m.flow END = ?2
ORDER BY m.rowid LIMIT 100;
