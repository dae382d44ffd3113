INSERT OR IGNORE INTO canary_seen (canary, witness)
SELECT c.id, 'socket_tables' FROM canary c
WHERE EXISTS (SELECT 1 FROM socket s WHERE s.witness = 'socket_tables' AND s.proto = c.proto AND c.dport IN (s.lport, s.rport)
	AND s.time_ns BETWEEN c.time_ns - 1000000000 AND c.end_ns + 1000000000);
