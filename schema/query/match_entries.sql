-- The entries of the logs that must agree; what came in is no attempt.
SELECT e.id, e.log, e.line, e.time_ns, coalesce(e.until_ns, 0), coalesce(e.count, 0), coalesce(e.dst, e.host, ''), coalesce(e.dport, 0),
	coalesce(e.proto, ''), coalesce(e.sport, 0), coalesce(e.pid, 0), coalesce(e.process, ''), e.disposition
FROM app_event e JOIN app_log l ON l.id = e.log
WHERE l.role = 'audit' AND coalesce(e.dir, 'out') = 'out';
