-- Its entries, in its order.
SELECT line, time_ns, process, pid, coalesce(host, dst), CASE WHEN host IS NULL THEN NULL ELSE dst END, dport, src, sport, proto,
	disposition, dir, count, until_ns
FROM app_event WHERE log = ?1 ORDER BY line, id;
