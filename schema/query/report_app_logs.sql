SELECT app, path, copy, role, change, before_bytes, after_bytes, lines, events, other, unread, problem,
	described, zone, zone_why
FROM app_log
ORDER BY app, path, id
LIMIT ?1;
