-- Each was tried by a process of its own, one after the other: the process and the time
-- tell its attempt, the destination and the time its packets (a proxy sends them itself).
UPDATE challenge SET
	attempt = (SELECT a.id FROM attempt a
		WHERE a.pid = challenge.pid AND a.suite = 0 AND a.dst = challenge.dst
		  AND a.time_ns BETWEEN challenge.from_ns AND challenge.to_ns ORDER BY a.time_ns, a.id LIMIT 1),
	flow = (SELECT f.id FROM flow f
		WHERE f.dst = challenge.dst AND f.proto = challenge.proto
		  AND (challenge.dport IS NULL OR f.dport = challenge.dport)
		  AND f.first_ns BETWEEN challenge.from_ns AND challenge.to_ns
		  AND f.packets_out > 0 AND coalesce(f.iface, '') <> 'lo' ORDER BY f.first_ns, f.id LIMIT 1),
	egress = (SELECT e.id FROM egress e
		WHERE e.dst = challenge.dst AND (challenge.dport IS NULL OR e.dport = challenge.dport)
		  AND e.time_ns BETWEEN challenge.from_ns AND challenge.to_ns
		  AND coalesce(e.class, '') NOT IN ('loopback', 'own') ORDER BY e.time_ns, e.id LIMIT 1),
	seen = EXISTS (SELECT 1 FROM coverage v WHERE v.witness = 'packets' AND v.state = 'seeing'
			AND v.from_ns <= challenge.to_ns AND v.to_ns >= challenge.from_ns)
		AND NOT EXISTS (SELECT 1 FROM coverage v WHERE v.witness = 'packets' AND v.state <> 'seeing'
			AND v.from_ns < challenge.to_ns AND v.to_ns > challenge.from_ns)
WHERE skipped IS NULL;
