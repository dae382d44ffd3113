-- What has no ports (ICMP, tunnels): by the first packet the kernel's hook saw, else by an attempt
-- at that time. The hook does not know the names of all protocols.
UPDATE flow SET attempt = coalesce(
	(SELECT e.attempt FROM egress e
	WHERE e.dst = flow.dst AND e.src = flow.src AND e.proto IN (flow.proto, 'other') AND coalesce(e.dport, 0) = 0
		AND e.attempt IS NOT NULL AND e.time_ns <= flow.last_ns + 1000000000
	ORDER BY e.time_ns DESC, e.id DESC LIMIT 1),
	(SELECT a.id FROM attempt a
	WHERE a.dst = flow.dst AND a.proto IN (flow.proto, 'other') AND coalesce(a.dport, 0) = 0 AND a.call <> 'socket'
		AND a.source NOT IN (SELECT id FROM source WHERE reader = 'etl')
		AND a.time_ns BETWEEN flow.first_ns - 5000000000 AND flow.last_ns + 1000000000
	ORDER BY a.in_session DESC, a.time_ns DESC, a.id DESC LIMIT 1))
WHERE attempt IS NULL AND dport IS NULL AND dst <> '' AND dir IS NOT 'in' AND proto <> 'arp';
