-- Another clock than the machine's, told by enough pairs; or one of which too few pairs tell.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE l.clock_state WHEN 'shifted' THEN 'low' ELSE 'medium' END, CASE l.clock_state WHEN 'shifted' THEN 'NOTE' ELSE 'INCONCLUSIVE' END, 'log_clock',
	CASE l.clock_state WHEN 'shifted' THEN 'The clock of an application log is off by ' || printf('%.1f s', l.clock_offset_ns / 1e9) || ': ' || l.path
		ELSE 'The clock of an application log cannot be told: ' || l.path END,
	CASE l.clock_state WHEN 'shifted' THEN l.clock_pairs || ' of ' || l.clock_compared || CASE WHEN l.clock_compared = 1 THEN ' entry' ELSE ' entries' END || ' that can be compared agree with attempts at that offset'
			|| CASE WHEN l.clock_drift_ppb <> 0 THEN printf(', which grows by %.1f ms an hour', l.clock_drift_ppb * 3.6e-3) ELSE '' END
			|| printf('; half of them within %.3f s', l.clock_spread_ns / 1e9) || ' (confidence: ' || l.clock_confidence || '). Its entries were held against the machine by that.'
		ELSE l.clock_compared || CASE WHEN l.clock_compared = 1 THEN ' entry names a destination' ELSE ' entries name destinations' END
			|| ' that were reached, but at other times, and too few agree on one offset to believe it. Nothing was held against this log.' END,
	json_object('file', coalesce(l.copy, l.path), 'view', 'v_app_event'), NULL,
	CASE l.clock_state WHEN 'shifted' THEN 'Set the clock that this program writes by.'
		ELSE 'Tell the zone of the log with --timezone, or let the program make more connections under watch.' END
FROM app_log l
WHERE l.role = 'audit' AND (l.clock_state = 'shifted' OR (l.clock_state = 'unknown' AND l.clock_compared > 0
	AND NOT EXISTS (SELECT 1 FROM match m WHERE m.log = l.id AND m.rule = 'pair_guess')))
ORDER BY l.id;
