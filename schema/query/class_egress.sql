UPDATE egress SET class = CASE WHEN ?2 = 'own' AND NOT EXISTS (SELECT 1 FROM host_address h WHERE h.address = ?5 AND h.from_ns IN
		((SELECT max(from_ns) FROM host_address WHERE from_ns <= time_ns), (SELECT min(from_ns) FROM host_address WHERE from_ns > time_ns)))
	THEN ?3 ELSE ?2 END
WHERE dst = ?1;
