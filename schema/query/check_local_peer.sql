-- The same over the loopback: a proxy, a tunnel, a model server that asks another one. Who listens
-- is known by its user from the tables of sockets before the command and after the watch; who listens as
-- root may do its work as anybody, and where no table was read it may be anybody. A server that the session
-- itself started is not in them (one that it left running is told as that), and is seen as itself. An isolated session speaks only to those that
-- were carried in. The other way round, where only the session's own calls are witnessed: who connects to a server of
-- the session's is shown by the table of sockets, and is another program where the session made no such connection;
-- where those of others are witnessed, too, it is told who called, and when the server began to listen.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
WITH unwatched AS MATERIALIZED ( -- sockets of others to other machines, where no witness tells of others
	SELECT s.id, s.uid, s.time_ns, s.proto, s.remote, s.rport FROM socket s
	WHERE s.witness = 'sock_diag' AND s.moment <> 'before' AND s.proto IN ('tcp', 'udp')
		AND s.remote NOT LIKE '127.%' AND s.remote NOT LIKE '::ffff:127.%' AND s.remote <> '::1' AND s.remote NOT IN (SELECT address FROM host_address)
		AND (s.remote NOT IN ('0.0.0.0', '::') OR (s.proto = 'udp' AND s.local NOT LIKE '127.%' AND s.local <> '::1'
			AND NOT EXISTS (SELECT 1 FROM socket b WHERE b.moment = 'before' AND b.cookie = s.cookie)))
		AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.cookie = s.cookie AND (a.in_session = 1 OR a.suite = 1))
		AND (EXISTS (SELECT 1 FROM attempt WHERE in_session = 1 AND witness = 'seccomp') OR EXISTS (SELECT 1 FROM socket WHERE witness = 'seccomp'))
		AND NOT EXISTS (SELECT 1 FROM isolation_proof) -- of what was carried out, check carried tells
), led AS MATERIALIZED ( -- by a rule of this machine to another port: what was sent went there, and the answers seem to come from where it was to go
	SELECT g.proto, g.dport AS port, min(a.id) AS first, min(a.time_ns) AS since_ns FROM flow f JOIN attempt a ON a.id = f.attempt AND a.in_session = 1
	JOIN flow g ON g.proto = f.proto AND g.sport = f.sport AND g.dport <> f.dport AND g.last_ns >= f.first_ns - 1000000000 AND g.first_ns <= f.last_ns
	WHERE f.packets_out = 0 AND f.packets_in > 0 AND f.class IN ('loopback', 'own')
		AND g.packets_out > 0 AND g.packets_in = 0 AND g.class IN ('loopback', 'own') AND g.attempt IS NULL
	GROUP BY 1, 2
), spoken AS MATERIALIZED (
	SELECT proto, port, first, since_ns, 0 AS led FROM local_server UNION ALL SELECT proto, port, first, since_ns, 1 FROM led
), asked AS MATERIALIZED ( -- by the session; the loopback is each network namespace's own (0: not known, or the machine's addresses)
	SELECT proto, dport, CASE class WHEN 'loopback' THEN coalesce(netns, 0) ELSE 0 END AS netns FROM attempt WHERE in_session = 1
	UNION SELECT proto, port, 0 FROM led
), served AS MATERIALIZED (
	SELECT DISTINCT proto, lport, uid, coalesce(netns, 0) AS netns, moment = 'listen_other' AND lport = 0 AS chosen FROM socket -- by the kernel, and only then
	WHERE moment IN ('before', 'after', 'listen_other') AND coalesce(rport, 0) = 0
), server AS MATERIALIZED (
	SELECT s.proto, s.lport, s.uid, 1 AS known FROM served s JOIN asked q ON q.proto = s.proto AND q.dport = s.lport
	WHERE s.netns = q.netns OR s.netns = 0 OR q.netns = 0
	UNION
	SELECT s.proto, q.dport, s.uid, 1 FROM served s JOIN asked q ON q.proto = s.proto
	WHERE s.chosen AND (s.netns = q.netns OR s.netns = 0 OR q.netns = 0)
), peer AS MATERIALIZED (
	SELECT v.port AS dport, nullif(s.uid, 0) AS uid, min(v.first) AS first, min(v.since_ns) AS since, min(v.led) AS led
	FROM spoken v LEFT JOIN server s ON s.proto = v.proto AND s.lport = v.port
	WHERE (s.known OR NOT EXISTS (SELECT 1 FROM witness WHERE name IN ('sock_diag', 'socket_tables') AND state = 'on'))
		AND (NOT EXISTS (SELECT 1 FROM isolation_proof) OR v.port IN (SELECT dport FROM main.carried))
	GROUP BY v.port, 2
), other AS MATERIALIZED (
	SELECT p.first, count(*) AS n, min(b.id) AS example FROM peer p
	JOIN attempt b ON b.in_session = 0 AND b.leaves = 1 AND b.allowed = 0 AND (p.uid IS NULL OR b.uid IS NULL OR b.uid = p.uid)
		AND (b.time_ns >= p.since OR EXISTS (SELECT 1 FROM flow f WHERE f.attempt = b.id AND f.last_ns >= p.since)) -- or went on then
	GROUP BY p.first
), carrier AS MATERIALIZED (
	SELECT f.id, f.last_ns, s.uid FROM flow f JOIN socket s ON s.moment = 'before' AND s.proto = f.proto AND s.lport = f.sport AND s.rport = f.dport AND s.remote = f.dst
	WHERE f.explained = 'older socket' AND f.proto IN ('tcp', 'udp') AND f.class IN ('link_local', 'multicast', 'private', 'public')
		AND NOT EXISTS (SELECT 1 FROM socket l WHERE l.moment = 'before' AND l.state = 'LISTEN' AND l.lport = f.sport)
), carried AS MATERIALIZED (
	SELECT p.first, count(DISTINCT c.id) AS n, min(c.id) AS example FROM peer p
	JOIN carrier c ON c.last_ns >= p.since AND (p.uid IS NULL OR c.uid IS NULL OR c.uid = p.uid)
	GROUP BY p.first
), listener AS MATERIALIZED ( -- of the session; with no port where the kernel chose one only then
	SELECT lport, coalesce(netns, 0) AS netns, min(time_ns) AS since FROM socket
	WHERE witness = 'kernel' AND moment = 'listen' AND proto = 'tcp' AND NOT EXISTS (SELECT 1 FROM isolation_proof)
	GROUP BY 1, 2
), near AS MATERIALIZED ( -- calls of others that came to something
	SELECT id, nullif(uid, 0) AS uid, time_ns, dport, CASE class WHEN 'loopback' THEN coalesce(netns, 0) ELSE 0 END AS netns FROM attempt
	WHERE in_session = 0 AND suite = 0 AND proto = 'tcp' AND class IN ('loopback', 'own')
		AND outcome NOT IN ('refused', 'unreachable', 'denied', 'timeout')
), called AS MATERIALIZED (
	SELECT n.id, n.uid, n.time_ns FROM near n JOIN listener l ON l.lport = n.dport
	WHERE n.time_ns >= l.since AND (n.netns = l.netns OR n.netns = 0 OR l.netns = 0)
	UNION
	SELECT n.id, n.uid, n.time_ns FROM near n JOIN listener l ON l.lport = 0
	WHERE n.time_ns >= l.since AND (n.netns = l.netns OR n.netns = 0 OR l.netns = 0)
), caller AS MATERIALIZED (
	SELECT uid, min(id) AS first, min(time_ns) AS since, count(*) AS calls FROM called GROUP BY uid
), told_on AS MATERIALIZED (
	SELECT c.*, (SELECT count(*) FROM attempt b WHERE b.in_session = 0 AND b.leaves = 1 AND b.allowed = 0 AND (c.uid IS NULL OR b.uid IS NULL OR b.uid = c.uid)
		AND (b.time_ns >= c.since OR EXISTS (SELECT 1 FROM flow f WHERE f.attempt = b.id AND f.last_ns >= c.since))) AS n,
		(SELECT min(b.id) FROM attempt b WHERE b.in_session = 0 AND b.leaves = 1 AND b.allowed = 0 AND (c.uid IS NULL OR b.uid IS NULL OR b.uid = c.uid)
		AND (b.time_ns >= c.since OR EXISTS (SELECT 1 FROM flow f WHERE f.attempt = b.id AND f.last_ns >= c.since))) AS example,
		(SELECT count(DISTINCT t.id) FROM carrier t WHERE t.last_ns >= c.since AND (c.uid IS NULL OR t.uid IS NULL OR t.uid = c.uid)) AS carried,
		(SELECT min(t.id) FROM carrier t WHERE t.last_ns >= c.since AND (c.uid IS NULL OR t.uid IS NULL OR t.uid = c.uid)) AS carrier
	FROM caller c
), unseen AS MATERIALIZED (
	SELECT p.first, count(*) AS n, min(u.id) AS example FROM peer p
	JOIN unwatched u ON u.time_ns >= p.since AND (p.uid IS NULL OR u.uid IS NULL OR u.uid = p.uid)
	GROUP BY p.first
)
SELECT * FROM (
SELECT 'medium', 'INCONCLUSIVE', 'local_peer',
	'The session spoke to a local server that may have passed it on: port ' || p.dport,
	t.who || ' connected to ' || t.destination || ' at ' || t.at
		|| CASE WHEN p.led THEN ', which a rule of this machine led to port ' || p.dport ELSE '' END || ', where '
		|| CASE WHEN p.uid IS NULL THEN 'a program listens that may work as any user' ELSE 'a program of the user ' || p.uid || ' listens' END || '. '
		|| CASE WHEN o.n > 0 THEN 'After that, ' || o.n || CASE WHEN o.n = 1 THEN ' attempt to reach another machine' ELSE ' attempts to reach other machines' END || ' came, or went on, from processes that are not of the session but may be of that server, the first from '
			|| (SELECT who FROM told_attempt WHERE id = o.example) || ' to ' || (SELECT destination FROM told_attempt WHERE id = o.example) || '. ' ELSE '' END
		|| CASE WHEN c.n > 0 THEN c.n || CASE WHEN c.n = 1 THEN ' connection that was' ELSE ' connections that were' END || ' there before went on to carry packets, the first to '
			|| (SELECT dst || ' port ' || dport FROM flow WHERE id = c.example) || '. ' ELSE '' END
		|| CASE WHEN u.n > 0 THEN 'Meanwhile ' || u.n || ' sockets that may be of that server were open to other machines, the first over '
			|| (SELECT proto || CASE WHEN remote IN ('0.0.0.0', '::') THEN ', with no other end' ELSE ' to ' || remote || ' port ' || rport END FROM unwatched WHERE id = u.example) || '. ' ELSE '' END
		|| 'Whether that was on behalf of the session cannot be seen.',
	json_object('file', t.file, 'record', t.record, 'attempt', p.first), NULL,
	'Let the server run as a user of its own and offline, and end tunnels; or allow the destinations in the policy, with the reason.'
FROM peer p JOIN told_attempt t ON t.id = p.first
LEFT JOIN other o ON o.first = p.first LEFT JOIN carried c ON c.first = p.first LEFT JOIN unseen u ON u.first = p.first
WHERE o.n > 0 OR c.n > 0 OR u.n > 0
ORDER BY p.first)
UNION ALL
SELECT 'medium', 'INCONCLUSIVE', 'local_peer',
	'Another program of this machine connected to the session: ' || count(*) || CASE WHEN count(*) = 1 THEN ' time' ELSE ' times' END,
	'The first: ' || s.remote || ' port ' || s.rport || ' to port ' || s.lport || ', on which '
		|| coalesce(nullif(l.process, ''), 'a process') || coalesce(' (pid ' || l.pid || ')', '') || ' listens. It may have passed on what it was answered: meanwhile '
		|| (SELECT count(*) FROM unwatched) || ' sockets of others were open to other machines, the first over '
		|| (SELECT proto || CASE WHEN remote IN ('0.0.0.0', '::') THEN ', with no other end' ELSE ' to ' || remote || ' port ' || rport END FROM unwatched ORDER BY id LIMIT 1)
		|| '. Whether that was on behalf of the session cannot be seen.',
	json_object('file', (SELECT path FROM source WHERE id = s.source), 'record', min(s.record), 'sockets', count(*)), NULL,
	'Let nothing else speak to the command''s server, or close what has connections to other machines.'
FROM socket l JOIN socket s ON s.witness = 'sock_diag' AND s.proto = 'tcp' AND s.lport = l.lport AND (l.local IN (s.local, '0.0.0.0', '::'))
WHERE l.witness = 'seccomp' AND l.moment = 'listen' AND s.moment <> 'before' AND s.state <> 'LISTEN' AND s.rport > 0
	AND (s.remote LIKE '127.%' OR s.remote LIKE '::ffff:127.%' OR s.remote = '::1' OR s.remote IN (SELECT address FROM host_address))
	AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.in_session = 1 AND a.dport = s.lport AND a.sport = s.rport)
	AND NOT EXISTS (SELECT 1 FROM socket b WHERE b.moment = 'before' AND b.proto = 'tcp' AND b.lport = s.lport AND b.rport = s.rport)
	AND EXISTS (SELECT 1 FROM unwatched)
	AND NOT EXISTS (SELECT 1 FROM isolation_proof)
HAVING count(*) > 0
UNION ALL
SELECT 'medium', 'INCONCLUSIVE', 'local_peer',
	'Another program of this machine connected to the session: ' || o.calls || CASE WHEN o.calls = 1 THEN ' time' ELSE ' times' END,
	t.who || ' connected to ' || t.destination || ' at ' || t.at || ', where ' || coalesce(nullif(l.process, ''), 'a process')
		|| coalesce(' (pid ' || l.pid || ')', '') || ' of the session listens. '
		|| CASE WHEN o.n > 0 THEN 'After that, ' || o.n || CASE WHEN o.n = 1 THEN ' attempt to reach another machine' ELSE ' attempts to reach other machines' END
			|| ' came, or went on, from processes that are not of the session but may be of the same user, the first from '
			|| (SELECT who FROM told_attempt WHERE id = o.example) || ' to ' || (SELECT destination FROM told_attempt WHERE id = o.example) || '. ' ELSE '' END
		|| CASE WHEN o.carried > 0 THEN o.carried || CASE WHEN o.carried = 1 THEN ' connection that was' ELSE ' connections that were' END
			|| ' there before went on to carry packets, the first to ' || (SELECT dst || ' port ' || dport FROM flow WHERE id = o.carrier) || '. ' ELSE '' END
		|| 'Whether what the session answered was passed on cannot be seen.',
	json_object('file', t.file, 'record', t.record, 'attempt', o.first), NULL,
	'Let nothing else speak to the command''s server, or only what has no connections to other machines; or allow the destinations in the policy, with the reason.'
FROM told_on o JOIN told_attempt t ON t.id = o.first JOIN near c ON c.id = o.first
JOIN socket l ON l.id = (SELECT max(k.id) FROM socket k WHERE k.witness = 'kernel' AND k.moment = 'listen' AND k.time_ns <= c.time_ns -- the last
	AND k.lport = coalesce((SELECT x.lport FROM listener x WHERE x.lport = c.dport AND x.since <= c.time_ns LIMIT 1), 0))
WHERE o.n > 0 OR o.carried > 0;
