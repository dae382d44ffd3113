INSERT OR IGNORE INTO canary_seen (canary, witness)
SELECT c.id, 'packets' FROM canary c
WHERE EXISTS (SELECT 1 FROM flow f WHERE f.proto = c.proto AND f.dst = c.dst AND f.dport = c.dport
	AND f.sport = c.sport AND f.first_ns BETWEEN c.time_ns - 1000000000 AND c.end_ns + 1000000000);
