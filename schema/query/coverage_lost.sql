-- How far the loss counter of a witness moved between the last checkpoint before ?2 and
-- the first one behind ?3; of the packets also those of files that are not as they were told.
SELECT coalesce((SELECT lost FROM loss WHERE witness = ?1 AND time_ns >= ?3 ORDER BY time_ns, lost LIMIT 1),
	(SELECT max(lost) FROM loss WHERE witness = ?1), 0)
	- coalesce((SELECT max(lost) FROM loss WHERE witness = ?1 AND time_ns <= ?2), 0)
	+ coalesce((SELECT sum(packets) FROM v_capture
		WHERE ?1 = 'packets' AND state NOT IN ('whole', 'unread') AND from_ns < ?3 AND to_ns > ?2), 0);
