-- The first packet of an attempt's socket was seen leaving.
UPDATE attempt SET left_machine = 1, src = coalesce(src, ?2), sport = coalesce(sport, ?3),
	dst = coalesce(dst, ?4)
WHERE id = ?1;
