INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'NOTE', 'audit_forgotten', 'What the last audits found is not known',
	'An audit was made here before, and there is nothing to compare this one with: ' || forgotten || '.',
	json_object('file', 'audit.ndjson', 'record', 1), NULL,
	'Look who changed the state folder; the next audit is compared with this one.'
FROM audit_run WHERE last IS NOT NULL AND forgotten IS NOT NULL;
