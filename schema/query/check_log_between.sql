-- What a log says of the time in which nobody watched. It is one side's word, and no egress that is proven.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'NOTE', 'log_between',
	'The log ' || app || ' tells of ' || many || CASE many WHEN 1 THEN ' connection' ELSE ' connections' END || ' to other machines since the last audit',
	'To ' || (SELECT group_concat(place, ', ') FROM (SELECT DISTINCT coalesce(e.host, e.dst) AS place FROM app_event e JOIN app_log m ON m.id = e.log
		WHERE m.role = 'since' AND m.app = t.app AND e.disposition <> 'blocked' AND coalesce(e.dir, 'out') = 'out'
			AND coalesce(e.class, '') NOT IN ('loopback', 'own', 'unix') AND e.time_ns < t.began_ns AND coalesce(e.host, e.dst) IS NOT NULL ORDER BY 1 LIMIT 12))
		|| '. Nobody watched then: the log alone says so.',
	json_object('view', 'v_app_event', 'log', copy), NULL,
	'Find out what it was; watch the program that did it (audit --exe), or more often.'
FROM (SELECT l.app, min(l.copy) AS copy, sum(coalesce(e.count, 1)) AS many, r.began_ns
	FROM app_event e JOIN app_log l ON l.id = e.log, audit_run r
	WHERE l.role = 'since' AND e.disposition <> 'blocked' AND coalesce(e.dir, 'out') = 'out'
		AND coalesce(e.class, '') NOT IN ('loopback', 'own', 'unix') AND e.time_ns < r.began_ns AND coalesce(e.host, e.dst) IS NOT NULL
		-- all of a log that no audit read before is not since the last one
		AND EXISTS (SELECT 1 FROM audit_log g WHERE g.name = l.app AND g.trail <> 'new')
	GROUP BY l.app) t
ORDER BY app;
