-- The source port is not always known (raw sockets) or was changed on the way (NAT): then
-- destination and time must do.
UPDATE flow SET attempt = (
	SELECT a.id FROM attempt a
	WHERE a.dst = flow.dst AND a.dport IS flow.dport AND a.proto = flow.proto
		AND a.time_ns BETWEEN flow.first_ns - 5000000000 AND flow.last_ns + 1000000000
	ORDER BY a.in_session DESC, a.time_ns DESC, a.id DESC LIMIT 1)
WHERE attempt IS NULL AND dir IS NOT 'in';
