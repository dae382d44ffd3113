-- What stays on the machine is for what listens there, as far as its port tells; ?1, ?2 and ?3
-- are for any other port.
UPDATE attempt SET (vector, rule, confidence) =
	(SELECT coalesce(p.vector, ?1), CASE WHEN p.port IS NULL THEN ?2 ELSE p.rule END, coalesce(p.confidence, ?3)
	FROM (SELECT 1) LEFT JOIN local_port p ON p.port = attempt.dport)
WHERE leaves = 0 AND class IN ('loopback', 'own', 'unix');
