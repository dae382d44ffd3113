-- Where only the session's own calls are witnessed, connections that it accepts are not among them: the
-- kernel's table of sockets shows those from other machines to a port on which the session listens.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'answered', 'Another machine connected to the session: ' || count(*) || CASE WHEN count(*) = 1 THEN ' time' ELSE ' times' END,
	'The first: ' || s.remote || ' port ' || s.rport || ' to port ' || s.lport || ', on which '
		|| coalesce(nullif(l.process, ''), 'a process') || coalesce(' (pid ' || l.pid || ')', '') || ' listens. What it was answered was not seen.',
	json_object('file', (SELECT path FROM source WHERE id = s.source), 'record', min(s.record), 'sockets', count(*)), 'unclassified',
	'Let the command listen on the loopback only, or run the session with sudo for the full view.'
FROM socket l JOIN socket s ON s.witness = 'sock_diag' AND s.proto = 'tcp' AND s.lport = l.lport
WHERE l.witness = 'seccomp' AND l.moment = 'listen' AND s.moment <> 'before' AND s.state <> 'LISTEN' AND s.rport > 0
	AND s.remote IS NOT NULL AND s.remote NOT LIKE '127.%' AND s.remote NOT LIKE '::ffff:127.%' AND s.remote NOT IN ('::1', '0.0.0.0', '::')
	AND s.remote NOT IN (SELECT address FROM host_address)
	AND NOT EXISTS (SELECT 1 FROM isolation_proof) -- whose sockets are in no table that is read outside
	AND NOT EXISTS (SELECT 1 FROM socket b WHERE b.moment = 'before' AND b.cookie = s.cookie)
HAVING count(*) > 0;
