UPDATE attempt SET vector = ?2, rule = ?3, confidence = ?4, name = ?5, name_how = ?6, browser = ?7, allowed = ?8
WHERE id = ?1;
