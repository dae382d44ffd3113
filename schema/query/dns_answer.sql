UPDATE dns SET rcode = ?2, answers = ?3 WHERE id = ?1;
