-- Each was tried by a process of its own, one after the other: the process and the time
-- tell its attempt, the destination and the time its packets (a proxy sends them itself).
-- Now and then the kernel asks by itself whether a neighbour, such as the sink, is still there:
-- in ICMPv6 that is no probe. The kernel's hook does not tell it apart; the packets do.
UPDATE challenge SET
	attempt = (SELECT a.id FROM attempt a
		WHERE a.pid = challenge.pid AND a.suite = 0 AND a.dst = challenge.dst
		  AND a.time_ns BETWEEN challenge.from_ns AND challenge.to_ns ORDER BY a.time_ns, a.id LIMIT 1),
	flow = (SELECT f.id FROM flow f
		WHERE f.dst = challenge.dst AND f.proto = challenge.proto
		  AND (challenge.dport IS NULL OR f.dport = challenge.dport)
		  AND f.first_ns BETWEEN challenge.from_ns AND challenge.to_ns
		  AND NOT (f.proto = 'icmp6' AND f.state LIKE 'neighbour%')
		  AND f.packets_out > 0 AND coalesce(f.iface, '') <> 'lo' ORDER BY f.first_ns, f.id LIMIT 1),
	egress = (SELECT e.id FROM egress e
		WHERE e.dst = challenge.dst AND (challenge.dport IS NULL OR e.dport = challenge.dport)
		  AND e.time_ns BETWEEN challenge.from_ns AND challenge.to_ns
		  AND (challenge.proto NOT IN ('icmp', 'icmp6') OR e.proto = challenge.proto)
		  AND NOT (e.proto = 'icmp6' AND EXISTS (SELECT 1 FROM flow n
			WHERE n.proto = 'icmp6' AND n.dst = e.dst AND n.state LIKE 'neighbour%'
			  AND e.time_ns BETWEEN n.first_ns - 50000000 AND n.last_ns + 50000000))
		  AND coalesce(e.class, '') NOT IN ('loopback', 'own') ORDER BY e.time_ns, e.id LIMIT 1),
	seen = EXISTS (SELECT 1 FROM coverage v WHERE v.witness = 'packets' AND v.state = 'seeing'
			AND v.from_ns <= challenge.to_ns AND v.to_ns >= challenge.from_ns)
		AND NOT EXISTS (SELECT 1 FROM coverage v WHERE v.witness = 'packets' AND v.state <> 'seeing'
			AND v.from_ns < challenge.to_ns AND v.to_ns > challenge.from_ns)
WHERE skipped IS NULL;
