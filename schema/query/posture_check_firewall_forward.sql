-- What containers and guests send does not pass the rules for the machine's own processes.
SELECT CASE WHEN d.holes = 0 THEN 'ok' WHEN d.holes IS NULL AND EXISTS (SELECT 1 FROM posture_rules r WHERE r.hook = 'forward' AND r.family = f.family AND r.outcome = 'unsure') THEN 'unknown'
		WHEN d.holes IS NULL AND p.state IN ('unsure', 'unseen') THEN 'unknown' ELSE 'finding' END,
	p.name, 'This machine passes packets of others on over ' || p.name || CASE
		WHEN d.holes = 0 THEN ', and the firewall denies all of them'
		WHEN d.holes > 0 THEN ', and a rule lets some of them out: ' || d.hole
		WHEN p.state IN ('unsure', 'unseen') THEN '; the rules for them could not be seen'
		ELSE ', and nothing denies them' END,
	f.source, f.record, NULL, NULL
FROM (SELECT CASE what WHEN 'forward4' THEN '4' ELSE '6' END AS family, source, record
	FROM posture_setting WHERE what IN ('forward4', 'forward6') AND name = '1') f
JOIN posture_family p ON p.family = f.family
LEFT JOIN (SELECT family, holes, hole, min(holes) FROM posture_rules WHERE hook = 'forward' AND outcome = 'denied' GROUP BY family) d ON d.family = f.family
ORDER BY f.family;
