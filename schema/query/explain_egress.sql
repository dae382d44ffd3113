-- By the first packet of a socket that the kernel's hook saw, and the attempt it belongs to.
UPDATE flow SET attempt = (
	SELECT e.attempt FROM egress e
	WHERE e.dst = flow.dst AND e.dport IS flow.dport AND e.src = flow.src AND e.sport IS flow.sport
		AND e.proto = flow.proto AND e.attempt IS NOT NULL AND e.time_ns <= flow.last_ns + 1000000000
	ORDER BY e.time_ns DESC, e.id DESC LIMIT 1)
WHERE attempt IS NULL;
