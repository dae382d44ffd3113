SELECT CASE WHEN s.reach = 'loopback' THEN 'unknown' ELSE 'finding' END, s.name, s.name || ' is ' || s.value || ' in ' || s.path
	|| CASE WHEN s.reach = 'loopback' THEN ': what listens there, and where it passes things on, is not seen' ELSE ': what heeds it sends there' END,
	s.source, s.record, replace(s.name, 'env.', ''), NULL
FROM posture_setting s
WHERE s.value <> '' AND ((s.what = 'environment' AND lower(s.name) IN ('env.http_proxy', 'env.https_proxy', 'env.all_proxy', 'env.ftp_proxy'))
	OR (s.what = 'editor-settings' AND s.name = 'http.proxy'))
UNION ALL
SELECT 'ok', '', 'No variable of the environment names a proxy', NULL, NULL, NULL, NULL
WHERE EXISTS (SELECT 1 FROM posture_item WHERE what = 'environment' AND state IN ('read', 'recorded'))
 AND NOT EXISTS (SELECT 1 FROM posture_setting s WHERE s.value <> '' AND s.what = 'environment'
	AND lower(s.name) IN ('env.http_proxy', 'env.https_proxy', 'env.all_proxy', 'env.ftp_proxy'))
ORDER BY 2, 3;
