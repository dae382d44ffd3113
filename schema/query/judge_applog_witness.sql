-- Whether the application's log is required stands in the policy by another key than the other witnesses;
-- and one that no log was named to saw nothing, however ready it was. One that died stays so.
UPDATE witness SET
	required = max(required, p.needed),
	state = CASE WHEN p.died THEN state WHEN p.given THEN 'on' ELSE 'missing' END,
	detail = CASE WHEN p.died THEN detail WHEN p.given THEN '' ELSE 'no log was given' END,
	remedy = CASE WHEN p.died THEN remedy WHEN p.needed AND NOT p.given THEN 'name the log with --app-log FILE' ELSE '' END
FROM (SELECT EXISTS (SELECT 1 FROM app_log) AS given,
	EXISTS (SELECT 1 FROM session WHERE name = 'policy_app_log' AND value = 'required') AS needed,
	EXISTS (SELECT 1 FROM witness WHERE name = 'applog' AND state NOT IN ('on', 'missing')) AS died) p
WHERE name = 'applog';
