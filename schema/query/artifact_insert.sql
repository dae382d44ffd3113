-- When the file was taken, as the evidence log tells it: NULL where that tells nothing of it.
INSERT OR REPLACE INTO artifact (path, size, sha256, what, collected_ns) VALUES (?1, ?2, ?3, ?4,
	CASE ?1 WHEN 'session.json' THEN (SELECT CAST(value AS INTEGER) FROM session WHERE name = 'started_ns')
	        WHEN 'posture.ndjson' THEN (SELECT CAST(value AS INTEGER) FROM session WHERE name = 'posture_ns')
	        WHEN 'evidence.ndjson' THEN (SELECT nullif(max(last_ns), 0) FROM checkpoint)
	        ELSE coalesce((SELECT max(time_ns) FROM tool_run WHERE path = ?1),
	                      (SELECT max(taken_ns) FROM app_log WHERE copy = ?1),
	                      (SELECT max(to_ns) FROM capture_told WHERE path = ?1),
	                      (SELECT max(last_ns) FROM source WHERE path = ?1 AND reader = 'pcapng')) END);
