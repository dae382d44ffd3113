-- What is there and could not be read, but for what its own check tells already.
SELECT 'unknown', i.path, i.path || ' (' || coalesce(nullif(i.subject, ''), i.what) || ') could not be read: ' || coalesce(i.problem, i.state), i.source, i.record, i.path, NULL
FROM posture_item i
WHERE i.state IN ('denied', 'failed') AND i.what NOT IN ('nft', 'iptables', 'ip6tables', 'pf-rules', 'netsh', 'listeners', 'resolv-conf')
UNION ALL
SELECT 'unknown', i.path, i.path || ' was not understood as a whole: ' || d.why || ': ' || d.example, i.source, i.record, i.path, NULL
FROM posture_doubt d JOIN posture_item i ON i.source = d.source AND i.record = d.record
WHERE i.what NOT IN ('client-json', 'client-yaml', 'client-toml', 'extensions', 'ufw-rules', 'ufw-rules6', 'nft-file', 'iptables-file', 'ip6tables-file', 'client-env')
GROUP BY i.source, i.record
UNION ALL
SELECT 'unknown', s.path, k.count || CASE WHEN k.count = 1 THEN ' record' ELSE ' records' END || ' of ' || s.path || ' could not be read: ' || k.reason, s.id, k.first_record, s.path, NULL
FROM skipped k JOIN source s ON s.id = k.source WHERE s.reader = 'posture'
UNION ALL
SELECT 'unknown', 'posture.ndjson', coalesce('It could not be gathered: ' || (SELECT value FROM session WHERE name = 'posture_problem'),
	CASE WHEN s.id IS NULL THEN 'It is missing' ELSE 'It is not what the collector wrote' END), NULL, NULL, 'posture.ndjson', NULL
FROM session h LEFT JOIN source s ON s.reader = 'posture'
WHERE h.name = 'posture_sha256' AND (s.id IS NULL OR s.sha256 <> h.value)
ORDER BY 2, 3;
