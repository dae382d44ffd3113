-- How far the loss counter of a witness moved between the last checkpoint before ?2 and
-- the first one behind ?3.
SELECT coalesce((SELECT lost FROM loss WHERE witness = ?1 AND time_ns >= ?3 ORDER BY time_ns, lost LIMIT 1),
	(SELECT max(lost) FROM loss WHERE witness = ?1), 0)
	- coalesce((SELECT max(lost) FROM loss WHERE witness = ?1 AND time_ns <= ?2), 0);
