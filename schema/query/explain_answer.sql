-- A flow that somebody else opened and one of our sockets answered.
UPDATE flow SET attempt = (
	SELECT e.attempt FROM egress e
	WHERE e.dst = flow.src AND e.dport IS flow.sport AND e.src = flow.dst AND e.sport IS flow.dport
		AND e.proto = flow.proto AND e.attempt IS NOT NULL
	ORDER BY e.time_ns DESC, e.id DESC LIMIT 1)
WHERE attempt IS NULL AND dir = 'in';
