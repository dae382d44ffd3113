UPDATE source SET size = ?2, sha256 = ?3, records = ?4, first_ns = coalesce(first_ns, ?5), last_ns = coalesce(last_ns, ?6)
WHERE id = ?1;
