-- Tables that are read now and then show what was there, never that nothing else was: whatever
-- the policy asks for, one witness must have watched all the time.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'polling', 'No witness was asked for that watches all the time',
	'The policy asks for ' || group_concat(name, ', ') || ' only. What lived between two looks of theirs nobody saw.',
	json_object('view', 'v_coverage'), NULL,
	CASE WHEN EXISTS (SELECT 1 FROM session WHERE name = 'system' AND value = 'Windows') THEN 'Name etw in the policy, too.'
		ELSE 'Name kernel or packets in the policy, too.' END
FROM (SELECT name FROM witness WHERE required = 1 AND name <> 'applog' ORDER BY name)
HAVING count(*) > 0 AND sum(name IN ('kernel', 'packets', 'etw', 'seccomp', 'isolation')) = 0;
