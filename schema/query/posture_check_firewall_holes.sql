SELECT CASE WHEN l.holes > 0 THEN 'finding' ELSE 'ok' END, f.name,
	CASE WHEN l.holes = 0 THEN 'No rule lets anything out over ' || f.name || ' before it is denied'
		ELSE l.what || ' has ' || l.holes || CASE WHEN l.holes = 1 THEN ' rule that lets' ELSE ' rules that let' END || ' something out over ' || f.name
			|| CASE WHEN l.wide = 0 THEN '' WHEN l.holes = 1 THEN ', wherever it goes' ELSE ', ' || l.wide || ' of them wherever it goes' END
			|| CASE WHEN l.holes = 1 THEN ': ' ELSE '; the first: ' END || l.hole END,
	l.source, l.record, NULL, CASE WHEN l.wide > 0 THEN 'high' END
FROM posture_family f JOIN posture_live l ON l.family = f.family AND l.outcome = 'denied'
WHERE l.holes = f.holes AND l.wide = f.wide
GROUP BY f.family ORDER BY f.family;
