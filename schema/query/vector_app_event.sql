UPDATE app_event SET class = (SELECT class FROM destination t WHERE t.address = app_event.dst),
	vector = ?2, rule = ?3, confidence = ?4
WHERE id = ?1;
