-- The entries of the logs that must agree, in order of time; what came in is no attempt.
SELECT e.id, e.time_ns, coalesce(e.dst, e.host, ''), e.dport, coalesce(e.proto, ''), e.disposition, coalesce(e.pid, 0),
	l.time_slack_ns
FROM app_event e JOIN app_log l ON l.id = e.log
WHERE l.role = 'audit' AND coalesce(e.dir, 'out') = 'out' AND (e.time_ns, e.id) > (?1, ?2)
ORDER BY e.time_ns, e.id LIMIT 1;
