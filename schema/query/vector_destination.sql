UPDATE attempt SET vector = ?4, allowed = ?5
WHERE leaves = 1 AND coalesce(dst, '') = ?1 AND coalesce(dport, -1) = ?2 AND proto = ?3;
