SELECT id, effect, title FROM finding
WHERE json_extract(evidence, '$.attempt') IN (
	SELECT ?2 WHERE ?1 = 'attempt'
	UNION SELECT attempt FROM match WHERE CASE ?1 WHEN 'match' THEN rowid WHEN 'event' THEN app_event WHEN 'flow' THEN flow END = ?2)
ORDER BY id;
