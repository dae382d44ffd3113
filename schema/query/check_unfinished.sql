INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', CASE WHEN value = 'ended by the user' THEN 'NOTE' ELSE 'INCONCLUSIVE' END, 'unfinished',
	'The watch ended before the command did',
	'Reason: ' || value || '. The verdict is about the time until then.',
	json_object('file', 'evidence.ndjson'), NULL, 'Let the command come to its end.'
FROM session WHERE name = 'close_reason' AND value IN ('ended by the user', 'evidence could not be written', 'the program that was to judge it went away');
