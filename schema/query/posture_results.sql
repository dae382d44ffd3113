SELECT id, check_id, title, subject, state, severity, looked_at, found, why, remedy, source, record FROM v_posture
ORDER BY CASE state WHEN 'finding' THEN 0 WHEN 'unknown' THEN 1 WHEN 'ok' THEN 2 ELSE 3 END,
	CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END, id;
