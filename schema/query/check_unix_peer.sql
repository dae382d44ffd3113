-- A program of this machine that was there before can reach out on the session's behalf, over a
-- connection of its own, over one that it already had, or one that it opened meanwhile. Sockets that only take log lines are
-- left out, and what the policy allows, and what an isolated session can only have made itself. Where
-- only the session's own calls are witnessed, nobody saw what others did; there, sockets on which the
-- session itself listens are told apart.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
WITH g AS MATERIALIZED (
	SELECT min(id) AS first, min(time_ns) AS since, count(*) AS n, count(DISTINCT dst) AS paths FROM attempt
	WHERE in_session = 1 AND leaves = 0 AND coalesce(class, '') NOT IN ('loopback', 'own') AND class = 'unix' AND outcome = 'ok'
		AND dst NOT IN ('/dev/log', '/run/systemd/journal/socket', '/run/systemd/journal/dev-log', '/run/systemd/journal/stdout')
		AND own_peer = 0
		AND NOT (EXISTS (SELECT 1 FROM isolation_proof) AND (dst LIKE '@%'
			OR EXISTS (SELECT 1 FROM session h, json_each(h.value) f WHERE h.name = 'isolation_hidden' AND dst LIKE f.value || '/%')
				AND NOT EXISTS (SELECT 1 FROM session h, json_each(h.value) f WHERE h.name = 'isolation_passed' AND dst LIKE f.value || '/%')))
), o AS MATERIALIZED (
	SELECT count(*) AS n, min(b.id) AS first FROM attempt b
	WHERE b.in_session = 0 AND b.leaves = 1 AND b.allowed = 0
		AND (b.time_ns >= (SELECT since FROM g) OR EXISTS (SELECT 1 FROM flow f WHERE f.attempt = b.id AND f.last_ns >= (SELECT since FROM g)))
), c AS MATERIALIZED (
	SELECT count(*) AS n, min(f.id) AS first FROM flow f
	WHERE f.explained = 'older socket' AND f.proto IN ('tcp', 'udp') AND f.class IN ('link_local', 'multicast', 'private', 'public')
		AND f.last_ns >= (SELECT since FROM g)
		AND EXISTS (SELECT 1 FROM socket s WHERE s.moment = 'before' AND s.proto = f.proto AND s.lport = f.sport AND s.rport = f.dport AND s.remote = f.dst
			AND s.uid IN (SELECT uid FROM attempt WHERE id = (SELECT first FROM g)))
		AND NOT EXISTS (SELECT 1 FROM socket s WHERE s.moment = 'before' AND s.state = 'LISTEN' AND s.lport = f.sport)
)
SELECT 'medium', CASE WHEN o.n + c.n > 0 OR a.witness = 'seccomp' THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'unix_peer',
	CASE WHEN o.n + c.n > 0 THEN 'The session spoke to another program while other programs reached out'
		ELSE 'The session spoke to other programs of this machine' END,
	t.who || CASE a.call WHEN 'sendto' THEN ' sent to' ELSE ' connected to' END || ' the Unix socket ' || a.dst || ' at ' || t.at
		|| CASE WHEN g.n > 1 THEN ' (' || g.n || ' times in all, to ' || g.paths || CASE WHEN g.paths = 1 THEN ' socket)' ELSE ' sockets)' END ELSE '' END || '. '
		|| CASE WHEN o.n > 0 THEN 'After that, ' || o.n || CASE WHEN o.n = 1 THEN ' attempt to reach another machine' ELSE ' attempts to reach other machines' END || ' came, or went on, from processes that are not of the session, the first from '
			|| (SELECT who FROM told_attempt WHERE id = o.first) || ' to ' || (SELECT destination FROM told_attempt WHERE id = o.first) || '. ' ELSE '' END
		|| CASE WHEN c.n > 0 THEN c.n || CASE WHEN c.n = 1 THEN ' connection of the same user that was' ELSE ' connections of the same user that were' END || ' there before went on to carry packets, the first to '
			|| (SELECT dst || ' port ' || dport FROM flow WHERE id = c.first) || '. ' ELSE '' END
		|| CASE WHEN o.n + c.n > 0 THEN 'Whether that was on behalf of the session cannot be seen.'
			WHEN a.witness = 'seccomp' THEN 'What that program did then nobody saw: without rights only the session''s own calls are witnessed.'
			ELSE 'No other process reached out afterwards.' END,
	json_object('file', t.file, 'record', t.record, 'attempt', a.id), NULL,
	CASE WHEN o.n + c.n > 0 THEN 'Run the session again while these programs are stopped or offline, or allow their destinations in the policy, with the reason.'
		WHEN a.witness = 'seccomp' THEN 'Run the session with sudo for the full view, or without what speaks to other programs of this machine.' ELSE '' END
FROM g JOIN attempt a ON a.id = g.first JOIN told_attempt t ON t.id = a.id JOIN o JOIN c;
