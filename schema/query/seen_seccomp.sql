INSERT OR IGNORE INTO canary_seen (canary, witness)
SELECT c.id, 'seccomp' FROM canary c
WHERE EXISTS (SELECT 1 FROM attempt a WHERE a.witness = 'seccomp' AND a.suite = 1 AND a.proto = c.proto AND a.dst = c.dst
	AND a.dport = c.dport AND a.time_ns BETWEEN c.time_ns - 1000000000 AND c.end_ns + 1000000000);
