-- All attempts of the session, for match_load.c; a socket that was only made is none.
SELECT a.id, a.time_ns, a.dst, a.dport, a.proto, a.sport, a.pid, a.outcome, a.left_machine, a.bytes_out, a.leaves, a.call, a.process, a.comm
FROM attempt a
WHERE a.in_session = 1 AND a.call NOT IN ('socket', 'inherited');
