-- A ruleset that was not understood as a whole may let out what nobody saw.
INSERT INTO posture_way (source, record, family, outcome, why, holes, hole, hook, wide)
SELECT ?1, ?2, ?3, CASE WHEN d.why IS NOT NULL AND ?4 IN ('denied', 'open') THEN 'unsure' ELSE ?4 END,
	CASE WHEN d.why IS NOT NULL AND ?4 IN ('denied', 'open') THEN d.why || ': ' || d.example ELSE ?5 END, ?6, ?7, ?8, ?9
FROM (SELECT 1) LEFT JOIN posture_doubt d ON d.source = ?1 AND d.record = ?2 LIMIT 1;
