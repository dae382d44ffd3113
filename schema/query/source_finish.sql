UPDATE source SET size = ?2, sha256 = ?3, records = ?4 WHERE id = ?1;
