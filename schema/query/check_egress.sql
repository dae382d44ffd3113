-- One finding for each program and destination; the first attempt is told in full. What nobody
-- can name comes first of those that went as far.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN g.stopped THEN 'high' ELSE 'critical' END,
	CASE WHEN g.stopped AND coalesce((SELECT value FROM session WHERE name = 'policy_stopped_attempts'), 'fail') = 'note'
		THEN 'NOTE' ELSE 'FAIL' END,
	'egress',
	CASE WHEN g.n = 1 THEN 'An attempt to reach another machine: ' ELSE g.n || ' attempts to reach another machine: ' END
		|| g.comm || ' → ' || t.destination,
	'At ' || t.at || ' ' || t.who || ' called ' || a.call || ' to ' || t.destination
		|| ' (' || CASE a.class WHEN 'link_local' THEN 'link-local' ELSE coalesce(a.class, 'unknown') END || ' address'
		|| coalesce('; ' || (SELECT special FROM destination d WHERE d.address = a.dst), '')
		|| coalesce('; a ' || (SELECT role FROM destination d WHERE d.address = a.dst) || ' of this machine', '') || ')'
		|| coalesce(CASE a.name_how WHEN 'lookup' THEN ', which a lookup gave for ' WHEN 'log' THEN ', which a log calls ' ELSE ', which is ' END || nullif(a.name, a.dst),
			(SELECT ', which is ' || n.name FROM flow f JOIN name n ON n.flow = f.id WHERE f.attempt = a.id AND n.name NOT IN ('', a.dst) ORDER BY n.id LIMIT 1),
			(SELECT ', which a lookup gave for ' || r.name FROM resolved r WHERE r.address = a.dst ORDER BY r.time_ns LIMIT 1), '')
		|| ': ' || t.outcome || '.'
		|| CASE WHEN a.rule IS NOT NULL THEN ' It is for ' || replace(a.vector, '_', ' ') || coalesce(' of ' || e.product, '')
				|| ' (rule ' || a.rule || ', confidence ' || a.confidence || ').'
			ELSE ' No rule knows what it is for.' END
		|| CASE a.browser WHEN 'webview' THEN ' It came from a browser engine within another program.'
			WHEN 'browser' THEN ' It came from a browser that was opened by itself.' ELSE '' END
		|| CASE WHEN coalesce(a.class, 'unknown') IN ('loopback', 'own', 'unknown') THEN ' A packet of it was seen leaving through another interface than the loopback.' ELSE '' END
		|| CASE WHEN g.n > 1 THEN ' ' || (g.n - 1) || ' more like it followed'
			|| CASE WHEN g.pids > 1 THEN ', from ' || g.pids || ' processes in all' ELSE '' END
			|| ', the last at ' || (SELECT at FROM told_attempt WHERE id = g.last) || '.' ELSE '' END
		|| CASE WHEN a.in_session = 1 AND a.in_cgroup = 0 AND a.in_tree = 1 AND a.witness = 'kernel'
			AND coalesce((SELECT value FROM session WHERE name = 'scope'), 'session') <> 'host' THEN ' The process had left the session''s control group; it is the session''s by descent.' ELSE '' END,
	json_object('file', t.file, 'record', t.record, 'attempt', a.id, 'attempts', g.n),
	a.vector,
	coalesce(coalesce(e.product || ': ', '') || e.off_switch || '. Also block it at the firewall.', CASE a.vector
		WHEN 'telemetry' THEN 'Switch the telemetry of this program off and block it at the firewall.'
		WHEN 'update' THEN 'Switch update checks of this program off and block it at the firewall.'
		WHEN 'extension' THEN 'Switch off or remove the extension, or its store, that called out.'
		WHEN 'webview' THEN 'Take remote fonts, scripts and pages out of the program''s views, or block it at the firewall.'
		WHEN 'model_api' THEN 'Point the program to a model on this machine.'
		ELSE 'Find out why this program reached out, switch that off, and block it at the firewall; or, if it is meant to, name the destination with a reason under [allow] in the policy.' END)
FROM (SELECT min(a.id) AS first, max(a.id) AS last, count(*) AS n, count(DISTINCT a.pid) AS pids, max(coalesce(a.comm, '')) AS comm,
		min(coalesce(a.left_machine, 0) = 0 AND a.outcome IN ('denied', 'unreachable')) AS stopped
	FROM attempt a LEFT JOIN process p ON p.id = a.process
	WHERE a.in_session = 1 AND a.leaves = 1 AND a.allowed = 0 AND a.vector IS NOT 'name_lookup'
	GROUP BY coalesce(p.exe, a.comm, ''), a.dst, a.dport, a.proto) g
JOIN attempt a ON a.id = g.first
JOIN told_attempt t ON t.id = g.first
LEFT JOIN endpoint e ON e.rule = a.rule
ORDER BY g.stopped, a.vector <> 'unclassified', g.first;
