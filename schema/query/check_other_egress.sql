-- With the scope `session` others may reach out; it is told, because a reader will ask.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'info', 'NOTE', 'other_egress', 'Other processes of this machine reached out: ' || count(*) || CASE WHEN count(*) = 1 THEN ' attempt' ELSE ' attempts' END,
	'They are not of the session and do not count here. The first: ' || t.who || ' to ' || t.destination || ' at ' || t.at || '.',
	json_object('view', 'v_attempt', 'in_session', 0), NULL, ''
FROM attempt a JOIN told_attempt t ON t.id = a.id
WHERE a.in_session = 0 AND a.suite = 0 AND a.leaves = 1
HAVING count(*) > 0;
