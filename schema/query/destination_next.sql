-- The next destination of attempts, flows or first packets, in order; each part is one step
-- down its index. (A list of three would be made a table anew at each step.)
SELECT min(dst) FROM (
	SELECT * FROM (SELECT dst FROM attempt WHERE dst > ?1 AND proto <> 'unix' AND proto <> 'packet' AND proto <> 'vsock' ORDER BY dst LIMIT 1)
	UNION ALL SELECT * FROM (SELECT dst FROM flow WHERE dst > ?1 ORDER BY dst LIMIT 1)
	UNION ALL SELECT * FROM (SELECT dst FROM egress WHERE dst > ?1 ORDER BY dst LIMIT 1))
HAVING count(*) > 0;
