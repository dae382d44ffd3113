-- What the session did, in numbers.
SELECT
	(SELECT count(DISTINCT pid) FROM process WHERE in_tree = 1 OR in_cgroup = 1
		OR (SELECT value FROM session WHERE name = 'scope') = 'host'),
	(SELECT count(*) FROM attempt WHERE in_session = 1 AND class IN ('loopback', 'own')),
	(SELECT count(*) FROM attempt WHERE in_session = 1 AND leaves = 1),
	(SELECT count(*) FROM dns WHERE dir = 'out'),
	(SELECT coalesce(sum(packets_out + packets_in), 0) FROM flow WHERE explained IS NOT 'canary'),
	(SELECT value FROM session WHERE name = 'tier');
