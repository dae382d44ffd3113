-- Container engines pass a port on by a process of theirs, and by rules of the firewall.
SELECT CASE WHEN l.reach = 'loopback' THEN 'ok' ELSE 'finding' END, k.subject,
	l.process || ' passes ' || l.address || ' port ' || l.port || ' on to a container'
		|| coalesce(' (' || trim(p.args) || ')', ''), l.source, l.record, NULL, NULL
FROM posture_listener l
JOIN posture_known f ON f.kind = 'forwarder' AND lower(l.process) GLOB f.name
LEFT JOIN posture_process p ON p.pid = l.pid
JOIN posture_known k ON k.kind = 'server'
 AND (k.wanted = l.port OR ' ' || p.args || ' ' LIKE '%-container-port ' || k.wanted || ' %')
UNION ALL
SELECT 'finding', k.subject, 'A rule passes port ' || k.wanted || ' on to another place: ' || r.text, r.source, r.record, NULL, NULL
FROM posture_rule r JOIN posture_known k ON k.kind = 'server'
WHERE r.verdict = 'dnat' AND r.scope <> 'loopback'
 AND (' ' || r.text || ' ' LIKE '%dport ' || k.wanted || ' %' OR r.text || ' ' LIKE '%:' || k.wanted || ' %')
ORDER BY 2, 3;
