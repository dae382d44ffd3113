-- What left, or tried to, and stands in no log, where there is a log that should say so.
INSERT INTO match (outcome, attempt, flow, app_event, offset_ns)
SELECT 'unreported', a.id, (SELECT id FROM flow f WHERE f.attempt = a.id ORDER BY id LIMIT 1), NULL, NULL
FROM attempt a
WHERE a.in_session = 1 AND a.leaves = 1
	AND EXISTS (SELECT 1 FROM app_log WHERE role = 'audit' AND problem IS NULL)
	AND NOT EXISTS (SELECT 1 FROM match m WHERE m.attempt = a.id)
ORDER BY a.id;
