-- Lookups that left the machine first.
SELECT min(d.time_ns), max(d.time_ns), count(*), coalesce(a.pid, d.pid), a.comm, d.qname, d.qtype, d.server, d.dport,
	d.transport, d.dir, d.rcode, count(*) OVER () AS groups
FROM dns d
LEFT JOIN flow f ON f.id = d.flow
LEFT JOIN attempt a ON a.id = f.attempt
GROUP BY coalesce(a.pid, d.pid), a.comm, d.qname, d.qtype, d.server, d.dport, d.transport, d.dir, d.rcode
ORDER BY CASE d.dir WHEN 'out' THEN 0 WHEN 'local' THEN 2 ELSE 1 END, min(d.time_ns), min(d.id)
LIMIT ?1;
