-- The rounds in order: when, how many canaries a witness was to see and how many it saw.
-- Socket tables and tools are asked for the connections only.
SELECT c.round, min(c.time_ns), max(c.end_ns), count(*),
	sum(EXISTS (SELECT 1 FROM canary_seen s WHERE s.canary = c.id AND s.witness = ?1))
FROM canary c
WHERE c.round > ?2 AND (?1 IN ('kernel', 'packets', 'etw', 'seccomp') OR c.proto = 'tcp')
GROUP BY c.round ORDER BY c.round LIMIT 1;
