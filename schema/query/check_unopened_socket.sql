-- A connection in the kernel's table of which the kernel witness told nothing, while it is shown to have seen.
-- Those that were there before, or were accepted, need no event; those of the suite have theirs. Whose a
-- socket is, the table tells by its user only.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN g.ours THEN 'high' ELSE 'low' END, CASE WHEN g.ours THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'unopened_socket',
	'Connections stood in the kernel''s table that no event opened: ' || g.n,
	'The first: from ' || coalesce(s.local, '?') || ' port ' || coalesce(s.lport, '?') || ' to ' || s.remote || ' port ' || s.rport
		|| coalesce(', of user ' || s.uid, '') || ' at ' || strftime('%Y-%m-%d %H:%M:%S', s.time_ns / 1000000000, 'unixepoch')
		|| ' UTC. No witness that tells of connections told of this one.'
		|| CASE WHEN g.ours THEN '' ELSE ' No process of the session runs as this user.' END,
	json_object('file', (SELECT path FROM source WHERE id = s.source), 'record', s.record, 'sockets', g.n), 'unclassified',
	'Look for what opens connections past the kernel''s hooks; if it stays so, ask airgap-verify doctor.'
FROM (SELECT min(s.id) AS first, count(*) AS n,
		s.uid IS NULL OR s.uid IN (SELECT uid FROM process WHERE in_cgroup = 1 OR in_tree = 1)
			OR EXISTS (SELECT 1 FROM session WHERE name = 'scope' AND value = 'host') AS ours
	FROM socket s
	WHERE s.witness = 'sock_diag' AND s.moment IN ('during', 'after') AND s.proto = 'tcp' AND s.rport > 0 AND s.cookie IS NOT NULL
		AND s.remote IS NOT NULL AND s.remote NOT LIKE '127.%' AND s.remote NOT LIKE '::ffff:127.%' AND s.remote NOT IN ('::1', '0.0.0.0', '::')
		AND s.remote NOT IN (SELECT address FROM host_address)
		AND EXISTS (SELECT 1 FROM coverage c WHERE (c.witness = 'kernel' OR c.witness = 'seccomp' AND NOT EXISTS (SELECT 1 FROM isolation_proof)) AND c.state = 'seeing' AND s.time_ns BETWEEN c.from_ns AND c.to_ns)
		AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.cookie = s.cookie)
		AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.dst = s.remote AND a.dport = s.rport AND a.proto = 'tcp' AND a.sport = s.lport)
		AND NOT EXISTS (SELECT 1 FROM socket b WHERE b.moment = 'before' AND b.proto = 'tcp' AND b.lport = s.lport
			AND (b.cookie = s.cookie OR b.rport = s.rport OR coalesce(b.rport, 0) = 0))
		AND NOT EXISTS (SELECT 1 FROM socket l WHERE l.proto = 'tcp' AND l.lport = s.lport AND l.state = 'LISTEN')
		AND NOT EXISTS (SELECT 1 FROM flow f WHERE f.src = s.remote AND f.sport = s.rport AND f.dport = s.lport AND f.dir = 'in')
	GROUP BY ours) g
JOIN socket s ON s.id = g.first
ORDER BY g.ours DESC;
