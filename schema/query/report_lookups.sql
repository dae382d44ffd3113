SELECT d.id, d.time_ns, coalesce(a.pid, d.pid), a.comm, d.client, d.server, d.dport, d.transport, d.qname, d.qtype,
	d.rcode, d.answers, d.dir, d.vector, s.path, d.packet
FROM dns d
LEFT JOIN flow f ON f.id = d.flow
LEFT JOIN attempt a ON a.id = f.attempt
LEFT JOIN source s ON s.id = d.source
ORDER BY d.time_ns, d.id
LIMIT ?1;
