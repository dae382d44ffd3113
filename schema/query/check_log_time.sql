-- Pairs that only the widened window of a guessed zone brought together.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'log_time', 'The times of an application log rest on a guess: ' || l.path,
	count(*) || CASE WHEN count(*) = 1 THEN ' entry agrees' ELSE ' entries agree' END || ' with the machine only if its clock was '
		|| 'not the one taken for it (' || coalesce(l.zone, '?') || ': ' || coalesce(l.zone_why, '?') || '). The first is line '
		|| min(e.line) || ', ' || (abs(m.offset_ns) / 1000000000) || ' s off.',
	json_object('file', coalesce(l.copy, l.path), 'line', min(e.line), 'view', 'v_match'), NULL,
	'Tell the zone of the log with --timezone ±HH:MM or --timezone NAME.'
FROM match m JOIN app_event e ON e.id = m.app_event JOIN app_log l ON l.id = e.log
WHERE m.rule = 'pair_guess'
GROUP BY l.id ORDER BY l.id;
