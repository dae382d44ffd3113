UPDATE dns SET rule = ?2, confidence = ?3 WHERE qname = ?1;
