-- What common guides get wrong with ufw: it is off, outgoing is allowed, or a line was none of it.
WITH fact AS (
	SELECT what, name, lower(value) AS value, source, record, path FROM posture_setting
	WHERE what = 'ufw' OR (what = 'ufw-conf' AND name = 'ENABLED') OR (what = 'ufw-default' AND name IN ('DEFAULT_OUTPUT_POLICY', 'IPV6'))
), seen AS (
	SELECT coalesce((SELECT value FROM fact WHERE what = 'ufw' AND name = 'status'),
			(SELECT CASE value WHEN 'yes' THEN 'active' ELSE 'inactive' END FROM fact WHERE name = 'ENABLED')) AS status,
		coalesce((SELECT value FROM fact WHERE what = 'ufw' AND name = 'outgoing'),
			(SELECT CASE value WHEN 'accept' THEN 'allow' ELSE 'deny' END FROM fact WHERE name = 'DEFAULT_OUTPUT_POLICY')) AS outgoing,
		(SELECT value FROM fact WHERE name = 'IPV6') AS ipv6
)
SELECT CASE WHEN c.closed THEN 'ok' WHEN s.status = 'active' AND s.outgoing IN ('deny', 'reject') THEN 'ok'
		WHEN s.status = 'active' AND s.outgoing IS NULL THEN 'unknown' ELSE 'finding' END,
	'ufw', 'ufw is ' || s.status || CASE WHEN s.status <> 'active' THEN ': none of its rules count' ELSE
		CASE s.outgoing WHEN 'allow' THEN ' and allows what goes out by default' ELSE coalesce(' with ' || s.outgoing || ' for what goes out', '; its default was not seen') END
		|| CASE s.ipv6 WHEN 'no' THEN '; it leaves IPv6 alone (IPV6=no)' ELSE '' END END,
	NULL, NULL, NULL, NULL
FROM seen s, posture_closed c WHERE s.status IS NOT NULL
UNION ALL
SELECT 'finding', 'ufw', i.path || ': ' || d.why || ': ' || d.example, i.source, i.record, NULL, NULL
FROM posture_doubt d JOIN posture_item i ON i.source = d.source AND i.record = d.record WHERE i.what IN ('ufw-rules', 'ufw-rules6');
