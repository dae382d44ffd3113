SELECT CASE ?1 WHEN 'match' THEN EXISTS (SELECT 1 FROM match WHERE rowid = ?2)
	WHEN 'event' THEN EXISTS (SELECT 1 FROM app_event WHERE id = ?2)
	WHEN 'attempt' THEN EXISTS (SELECT 1 FROM attempt WHERE id = ?2)
	WHEN 'flow' THEN EXISTS (SELECT 1 FROM flow WHERE id = ?2) END;
