INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'NOTE', 'missed_audit',
	CASE WHEN trouble_ns IS NOT NULL THEN 'An audit could not be made before this one' ELSE 'Audits are missing before this one' END,
	CASE WHEN began_ns - last_ended_ns > every_ns + every_ns / 2
		THEN 'The last one ended ' || (began_ns - last_ended_ns) / 3600000000000 || ' hours before this one began, and they are to be '
			|| every_ns / 3600000000000 || ' hours apart. What happened between is witnessed by nobody.' ELSE '' END
		|| CASE WHEN trouble_ns IS NOT NULL THEN ' One broke off at ' || strftime('%Y-%m-%dT%H:%M:%SZ', trouble_ns / 1000000000, 'unixepoch') || ': ' || trouble || '.' ELSE '' END,
	json_object('file', 'audit.ndjson', 'record', 1), NULL,
	'Look why the timer did not run (airgap-verify schedule status), or set [audit] every to how often it does.'
FROM audit_run
WHERE last IS NOT NULL AND (began_ns - last_ended_ns > every_ns + every_ns / 2 OR trouble_ns IS NOT NULL);
