-- All attempts of the session, for match_load.c; a socket that was only made is none.
SELECT a.id, a.time_ns, coalesce(a.dst, ''), coalesce(a.dport, 0), a.proto, coalesce(a.sport, 0), coalesce(a.pid, 0), a.outcome,
	coalesce(a.left_machine, 0), coalesce(a.bytes_out, 0), a.leaves, a.call, coalesce(a.process, 0), coalesce(a.comm, '')
FROM attempt a
WHERE a.in_session = 1 AND a.call NOT IN ('socket', 'inherited');
