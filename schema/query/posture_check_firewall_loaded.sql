-- A ruleset that is kept but not in force protects nobody.
SELECT CASE WHEN f.state = 'open' THEN 'finding' ELSE 'ok' END, f.name,
	i.path || ' would deny what goes out over ' || f.name || CASE WHEN f.state = 'open' THEN ', and is not loaded' ELSE '; what is in force does' END,
	i.source, i.record, i.path, NULL
FROM posture_way w JOIN posture_item i ON i.source = w.source AND i.record = w.record
JOIN posture_family f ON f.family = w.family
WHERE w.hook = 'output' AND w.outcome = 'denied' AND f.state IN ('open', 'denied')
 AND i.what IN ('nft-file', 'iptables-file', 'ip6tables-file', 'ufw-rules', 'ufw-rules6', 'firewalld-policy', 'firewalld-direct', 'pf-conf')
ORDER BY i.path, f.family;
