SELECT CASE WHEN d.closed OR d.ways = '' THEN 'ok' ELSE 'finding' END, '',
	CASE WHEN d.ways = '' THEN 'There is no default route: nothing beyond the links themselves can be reached'
		ELSE 'There is a default route over ' || d.ways || CASE WHEN d.closed THEN ', and the firewall denies what would go there' ELSE ', and the firewall does not close it' END END,
	NULL, NULL, NULL, NULL
FROM (SELECT c.closed, coalesce((SELECT group_concat(DISTINCT value) FROM posture_setting WHERE what IN ('route4', 'route6') AND name = 'default'), '') AS ways
	FROM posture_closed c) d
WHERE EXISTS (SELECT 1 FROM posture_item WHERE what = 'route4' AND state = 'read');
