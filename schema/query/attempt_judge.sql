UPDATE attempt SET class = ?2, leaves = ?3, left_machine = CASE WHEN ?4 THEN 1 ELSE left_machine END, vector = ?5, rule = ?6, confidence = ?7,
	name = ?8, name_how = ?9, browser = ?10, allowed = ?11
WHERE id = ?1;
