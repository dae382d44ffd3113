UPDATE dns SET rcode = ?2, answers = ?3, ttl = ?4 WHERE id = ?1;
