-- Events of Windows that are of no matter here are counted like the others, and no finding.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', CASE WHEN s.reader LIKE 'app-%' OR s.reader IN ('posture', 'benchmark', 'past', 'audit') THEN 'NOTE' ELSE 'INCONCLUSIVE' END, 'skipped',
	k.count || CASE WHEN k.count = 1 THEN ' record' ELSE ' records' END || ' of ' || s.path || ' could not be read',
	'Reason: ' || k.reason || '. The first is number ' || k.first_record || ': ' || k.example,
	json_object('file', s.path, 'record', k.first_record), NULL,
	'Keep the file and report it; what stands in these records is not known.'
FROM skipped k JOIN source s ON s.id = k.source
WHERE s.path NOT LIKE 'applogs/%' AND NOT (s.reader IN ('evidence', 'etl') AND k.reason LIKE 'an event of % that is not read')
ORDER BY k.source, k.reason;
