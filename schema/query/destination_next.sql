-- The next destination of attempts, flows or first packets, in order.
SELECT dst FROM (
	SELECT min(dst) AS dst FROM attempt WHERE dst > ?1 AND proto NOT IN ('unix', 'other', 'packet', 'vsock')
	UNION ALL SELECT min(dst) FROM flow WHERE dst > ?1
	UNION ALL SELECT min(dst) FROM egress WHERE dst > ?1)
WHERE dst IS NOT NULL ORDER BY dst LIMIT 1;
