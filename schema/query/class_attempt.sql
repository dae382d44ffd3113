-- An address of ours in another network namespace may be somebody else's. Sockets of other
-- families (proto 'other') have no address, but raw ones of a protocol without a name do.
UPDATE attempt SET class = CASE
	WHEN ?2 = 'own' AND netns IS NOT NULL AND netns NOT IN (SELECT netns FROM attempt WHERE suite = 1 AND netns IS NOT NULL)
	THEN ?3 ELSE ?2 END
WHERE dst = ?1 AND proto NOT IN ('unix', 'packet', 'vsock') AND (proto <> 'other' OR ?4);
