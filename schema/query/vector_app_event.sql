UPDATE app_event SET vector = ?2, rule = ?3, confidence = ?4, class = ?5 WHERE id = ?1;
