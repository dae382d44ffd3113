-- The entries of the logs that must agree, in order of time.
SELECT e.id, e.time_ns, coalesce(e.host, e.dst, ''), e.dport, coalesce(e.proto, ''), e.disposition, coalesce(e.pid, 0), coalesce(e.process, '')
FROM app_event e JOIN app_log l ON l.id = e.log
WHERE l.role = 'audit' AND (e.time_ns, e.id) > (?1, ?2)
ORDER BY e.time_ns, e.id LIMIT 1;
