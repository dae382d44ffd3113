INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'log_required', 'The policy asks for an application log, and none was given',
	'Without it the program''s own account cannot be held against what the machine saw.',
	json_object('table', 'app_log'), NULL, 'Name the log with --app-log FILE.'
WHERE (SELECT value FROM session WHERE name = 'policy_app_log') = 'required'
	AND NOT EXISTS (SELECT 1 FROM app_log WHERE role = 'audit');
