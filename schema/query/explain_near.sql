-- The source port is not always known (connected UDP) or was changed on the way (NAT): then
-- destination and time must do, and the session's own attempts come first. An attempt of another
-- process in another network namespace, of which nothing left, explains nothing here.
UPDATE flow SET attempt = coalesce(
	(SELECT a.id FROM attempt a
	WHERE a.dst = flow.dst AND a.dport = flow.dport AND a.proto = flow.proto AND a.in_session = 1
		AND a.time_ns BETWEEN flow.first_ns - 5000000000 AND flow.last_ns + 1000000000
	ORDER BY a.time_ns DESC, a.id DESC LIMIT 1),
	(SELECT a.id FROM attempt a
	WHERE a.dst = flow.dst AND a.dport = flow.dport AND a.proto = flow.proto AND a.in_session = 0
		AND a.source NOT IN (SELECT id FROM source WHERE reader = 'etl')
		AND (a.left_machine = 1 OR a.netns IS NULL OR a.netns IN (SELECT netns FROM attempt WHERE suite = 1)
			OR NOT EXISTS (SELECT 1 FROM attempt WHERE suite = 1 AND netns IS NOT NULL))
		AND a.time_ns BETWEEN flow.first_ns - 5000000000 AND flow.last_ns + 1000000000
	ORDER BY a.time_ns DESC, a.id DESC LIMIT 1))
WHERE attempt IS NULL AND dport IS NOT NULL AND dir IS NOT 'in';
