SELECT app, path, copy, role, change, before_bytes, after_bytes, lines, events, other, unread, problem,
	described, zone, zone_why, clock_state, clock_offset_ns, clock_drift_ppb, clock_spread_ns, clock_pairs, clock_confidence
FROM app_log
ORDER BY app, path, id
LIMIT ?1;
