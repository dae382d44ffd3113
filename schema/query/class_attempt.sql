-- An address of ours in another network namespace may be somebody else's, and so may one that
-- neither the last look before nor the first one after found here. Sockets of other families
-- (proto 'other') have no address, but raw ones of a protocol without a name do.
UPDATE attempt SET class = CASE
	WHEN ?2 = 'own' AND (NOT EXISTS (SELECT 1 FROM host_address h WHERE h.address = ?5 AND h.from_ns IN
		((SELECT max(from_ns) FROM host_address WHERE from_ns <= time_ns), (SELECT min(from_ns) FROM host_address WHERE from_ns > time_ns)))
		OR (netns IS NOT NULL AND netns NOT IN (SELECT netns FROM attempt WHERE suite = 1 AND netns IS NOT NULL)))
	THEN ?3 ELSE ?2 END
WHERE dst = ?1 AND proto NOT IN ('unix', 'packet', 'vsock') AND (proto <> 'other' OR ?4);
