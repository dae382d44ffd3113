-- When the packets of a capture were taken: the first and the last one.
UPDATE source SET first_ns = ?2, last_ns = ?3 WHERE id = ?1;
