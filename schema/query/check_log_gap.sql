INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'NOTE', 'log_gap',
	CASE trail WHEN 'missing' THEN 'A log is not there: ' ELSE 'A part of a log is lost: ' END || path,
	CASE WHEN problem IS NOT NULL THEN problem || '.'
		WHEN trail = 'missing' THEN 'Neither it nor one of its earlier files is there.'
		ELSE 'The place up to which the last audit read it is in none of its files: what was written behind it was cut, changed or deleted.' END,
	json_object('file', 'audit.ndjson', 'record', record), NULL,
	'Keep as many earlier files of a log as fit between two audits, and let nobody else write to them.'
FROM audit_log WHERE trail IN ('gap', 'missing') OR problem IS NOT NULL
UNION ALL
SELECT 'high', 'NOTE', 'log_gap', 'A part of a log could not be read: ' || path, problem || '.', json_object('file', coalesce(copy, path)), NULL,
	'Give its rights, or a description of its format in logs.d (airgap-verify-formats(5)).'
FROM app_log WHERE role = 'since' AND problem IS NOT NULL;
