-- Of what began up to $1.
SELECT (SELECT count(*) FROM (SELECT h.name FROM host h JOIN bundle b ON b.host = h.host WHERE b.began_ns <= $1
		UNION SELECT host FROM refused WHERE host IS NOT NULL AND coalesce(began_ns, refused_ns) <= $1) k) AS hosts,
	count(*) AS bundles, (SELECT count(*) FROM (SELECT DISTINCT host, night FROM bundle WHERE began_ns <= $1) n) AS nights,
	CAST(coalesce(sum(attempts), 0) AS {long}) AS attempts, CAST(coalesce(sum(leaving), 0) AS {long}) AS leaving,
	(SELECT count(*) FROM refused WHERE coalesce(began_ns, refused_ns) <= $1) AS refused
FROM bundle WHERE began_ns <= $1;
