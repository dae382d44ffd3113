INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'NOTE', 'key_changed', 'Another key signs than at the last audit',
	'The last audit was signed by the certificate ' || last_fingerprint || ', this one is by ' || coalesce(fingerprint, 'one that is made new') || '.',
	json_object('file', 'audit.ndjson', 'record', 1), NULL,
	'Where nobody changed it on purpose, find out who did; tell those who verify the bundles the new fingerprint.'
FROM audit_run WHERE last_fingerprint IS NOT NULL AND fingerprint IS NOT last_fingerprint;
