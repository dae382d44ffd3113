-- Did the last look at this machine's addresses before a time (?2), or the first one after, find ?1?
SELECT count(*) FROM host_address WHERE address = ?1 AND from_ns IN
	((SELECT max(from_ns) FROM host_address WHERE from_ns <= ?2), (SELECT min(from_ns) FROM host_address WHERE from_ns > ?2));
