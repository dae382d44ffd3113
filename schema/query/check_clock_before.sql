INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'NOTE', 'clock_before', 'The machine''s clock is behind the end of the last audit',
	'This audit began at ' || strftime('%Y-%m-%dT%H:%M:%SZ', began_ns / 1000000000, 'unixepoch') || ', the last one ended at '
		|| strftime('%Y-%m-%dT%H:%M:%SZ', last_ended_ns / 1000000000, 'unixepoch') || ': one of both clocks was wrong, or was set.',
	json_object('file', 'audit.ndjson', 'record', 1), NULL,
	'Synchronise the clock; of two audits in the wrong order neither shows when it was.'
FROM audit_run WHERE last IS NOT NULL AND began_ns < last_ended_ns;
