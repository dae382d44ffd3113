-- A stub on the loopback that asks on is a way out as well.
WITH named AS (
	SELECT s.value, s.reach, s.source, s.record FROM posture_setting s WHERE s.what = 'resolv-conf' AND s.name = 'nameserver'
), upstream AS (
	SELECT s.value, s.source, s.record FROM posture_setting s WHERE s.what = 'resolvectl' AND s.reach <> 'loopback'
)
SELECT CASE WHEN c.closed THEN 'ok' WHEN n.reach <> 'loopback' THEN 'finding'
		WHEN EXISTS (SELECT 1 FROM upstream) THEN 'finding'
		WHEN EXISTS (SELECT 1 FROM posture_item WHERE what = 'resolvectl' AND state IN ('read', 'recorded')) AND n.value LIKE '127.0.0.5_' THEN 'ok'
		ELSE 'unknown' END,
	n.value, CASE WHEN n.reach <> 'loopback' THEN 'Names are looked up at ' || n.value
		WHEN EXISTS (SELECT 1 FROM upstream) THEN 'A resolver on this machine (' || n.value || ') asks on at ' || (SELECT group_concat(DISTINCT value) FROM upstream)
		WHEN EXISTS (SELECT 1 FROM posture_item WHERE what = 'resolvectl' AND state IN ('read', 'recorded')) AND n.value LIKE '127.0.0.5_' THEN 'A resolver on this machine (' || n.value || ') knows nobody to ask'
		ELSE 'A resolver on this machine (' || n.value || ') is used; whether it asks on could not be seen' END
		|| CASE WHEN c.closed THEN '; the firewall holds it back' ELSE '' END,
	n.source, n.record, NULL, NULL
FROM named n, posture_closed c
UNION ALL
SELECT 'ok', '', 'No name server is named in ' || i.path, i.source, i.record, NULL, NULL
FROM posture_item i WHERE i.what = 'resolv-conf' AND i.state = 'read' AND NOT EXISTS (SELECT 1 FROM named)
UNION ALL
SELECT 'unknown', '', i.path || ' could not be read: ' || i.state, i.source, i.record, NULL, NULL
FROM posture_item i WHERE i.what = 'resolv-conf' AND i.state IN ('denied', 'failed')
ORDER BY 3;
