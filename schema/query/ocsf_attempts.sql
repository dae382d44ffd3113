SELECT a.id, a.time_ns, a.call, a.proto, a.src, a.sport, a.dst, a.dport, a.name, a.outcome, a.bytes_out, a.bytes_in,
	a.leaves, a.class, a.vector, a.pid, a.uid, a.comm, p.exe, i.sha256, a.allowed
FROM attempt a
LEFT JOIN process p ON p.id = a.process
LEFT JOIN image i ON i.id = p.image
WHERE a.suite = 0 AND a.in_session = 1
ORDER BY a.id;
