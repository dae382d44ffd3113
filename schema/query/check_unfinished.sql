INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', CASE WHEN r.value = 'ended by the user' THEN 'NOTE' ELSE 'INCONCLUSIVE' END, 'unfinished',
	CASE WHEN r.value IS NULL THEN 'The watch has no end in the evidence' ELSE 'The watch ended before the command did' END,
	'Reason: ' || coalesce(r.value, 'none was written down') || '. The verdict is about the time until then.',
	json_object('file', 'evidence.ndjson'), NULL, 'Let the command come to its end.'
FROM session w LEFT JOIN session r ON r.name = 'close_reason'
WHERE w.name = 'watch_from_ns'
	AND (r.value IS NULL OR r.value IN ('ended by the user', 'evidence could not be written', 'the program that was to judge it went away'));
