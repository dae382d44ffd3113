INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'info', 'NOTE', 'allowed', 'Destinations that the policy allows were reached: ' || count(*) || CASE WHEN count(*) = 1 THEN ' attempt' ELSE ' attempts' END,
	'From the first at ' || t.at || ': ' || t.who || ' to ' || t.destination || '. The reasons stand in the policy.',
	json_object('file', t.file, 'record', t.record), NULL, ''
FROM attempt a JOIN told_attempt t ON t.id = a.id
WHERE a.in_session = 1 AND a.leaves = 1 AND a.allowed = 1
GROUP BY a.dst, a.dport, a.proto ORDER BY min(a.id);
