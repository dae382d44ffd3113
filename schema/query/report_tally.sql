-- What report/tally.c counts: every attempt of the session once.
SELECT a.id, a.time_ns, coalesce(a.process, -a.pid, 0), a.leaves, a.class, a.comm, a.pid, p.exe, a.call, a.proto, a.dst,
	a.dport, a.outcome, a.vector, a.allowed, a.rule, a.browser, a.bytes_out, a.bytes_in, a.left_machine, a.name
FROM attempt a
LEFT JOIN process p ON p.id = a.process
WHERE a.suite = 0 AND a.in_session = 1;
