-- Each switch of each product. A policy decides over everything; a setting of the whole
-- application counts in the user's own file alone, others also in profiles and workspaces.
WITH product AS (
	SELECT p.subject, k.name, k.wanted, k.flags, k.note
	FROM posture_product p JOIN posture_known k ON k.kind = 'setting'
	 AND (k.subject = p.subject OR (k.subject = 'editors' AND p.subject IN (SELECT subject FROM posture_known WHERE kind = 'editor')))
), value AS (
	SELECT p.subject, p.name AS wanted_name, s.scope, s.name, s.value, s.path, s.source, s.record,
		',' || p.wanted || ',' LIKE '%,' || lower(s.value) || ',%' AS good,
		p.flags NOT LIKE '%application%' OR s.scope IN ('user', 'policy', 'system') AS counts
	FROM product p JOIN posture_setting s
	 ON (s.subject = p.subject OR s.what = 'environment' OR (s.subject = '' AND s.what = 'editor-settings' AND p.subject IN (SELECT subject FROM posture_known WHERE kind = 'editor'))
		OR (s.what = 'editor-settings' AND ',' || p.flags || ',' LIKE '%,editor,%'))
	 AND s.what <> 'editor-policy' AND '|' || p.name || '|' LIKE '%|' || s.name || '|%'
), policy AS (
	SELECT p.subject, p.name AS wanted_name, s.value, s.path, s.source, s.record,
		',' || p.wanted || ',' LIKE '%,' || lower(s.value) || ',%' AS good
	FROM product p JOIN posture_setting s ON s.subject = p.subject AND s.what = 'editor-policy'
	 AND ',' || p.flags || ',' LIKE '%,' || s.name || ',%'
), own AS (
	SELECT p.*, replace(p.name, '|', ' or ') AS shown,
		EXISTS (SELECT 1 FROM policy y WHERE y.subject = p.subject AND y.wanted_name = p.name AND y.good) AS by_policy,
		(SELECT p.name || ' is ' || y.value || ' in ' || y.path || ', a policy that decides over the user''s own setting' FROM policy y WHERE y.subject = p.subject AND y.wanted_name = p.name AND NOT y.good LIMIT 1) AS policy_wrong,
		EXISTS (SELECT 1 FROM value v WHERE v.subject = p.subject AND v.wanted_name = p.name AND v.counts AND v.scope IN ('user', 'policy', 'system') AND v.good) AS set_right,
		(SELECT v.name || ' is ' || v.value || ' in ' || v.path FROM value v WHERE v.subject = p.subject AND v.wanted_name = p.name AND NOT v.good AND v.scope IN ('user', 'policy', 'system') LIMIT 1) AS set_wrong,
		(SELECT v.path FROM value v WHERE v.subject = p.subject AND v.wanted_name = p.name AND v.good AND NOT v.counts LIMIT 1) AS set_in_vain
	FROM product p
)
SELECT CASE WHEN o.policy_wrong IS NOT NULL THEN 'finding'
		WHEN o.by_policy OR (o.set_right AND o.set_wrong IS NULL) THEN 'ok'
		WHEN EXISTS (SELECT 1 FROM posture_doubt d JOIN posture_item i ON i.source = d.source AND i.record = d.record
			WHERE i.subject = o.subject AND i.scope = 'user' AND (i.what LIKE 'editor-%' OR i.what LIKE 'client-%')) THEN 'unknown'
		ELSE 'finding' END,
	o.subject,
	CASE WHEN o.policy_wrong IS NOT NULL THEN o.policy_wrong
		WHEN o.by_policy THEN o.shown || ' is decided by a policy'
		WHEN o.set_wrong IS NOT NULL THEN o.set_wrong
		WHEN o.set_right THEN o.shown || ' is set'
		WHEN o.set_in_vain IS NOT NULL THEN o.shown || ' stands in ' || o.set_in_vain || ', where it has no effect: it counts in the user''s own settings only'
		ELSE o.shown || ' is not set, and what it switches is on by default' END
		|| CASE WHEN o.flags LIKE '%weak%' AND o.policy_wrong IS NULL AND (o.by_policy OR (o.set_right AND o.set_wrong IS NULL)) THEN ' (weak: an extension may pass it over)' ELSE '' END
		|| ': ' || o.note,
	NULL, NULL, '"' || replace(o.name, '|', '" or "') || '": ' || CASE WHEN substr(o.wanted || ',', 1, instr(o.wanted || ',', ',') - 1) IN ('true', 'false', '1') THEN substr(o.wanted || ',', 1, instr(o.wanted || ',', ',') - 1)
		ELSE '"' || substr(o.wanted || ',', 1, instr(o.wanted || ',', ',') - 1) || '"' END, NULL
FROM own o
UNION ALL
SELECT 'finding', v.subject, v.name || ' is ' || v.value || ' in ' || v.path || ' and overrides the user''s own setting', v.source, v.record,
	'"' || v.name || '" out of ' || v.path, NULL
FROM value v JOIN own o ON o.subject = v.subject AND o.name = v.wanted_name
WHERE v.counts AND NOT v.good AND v.scope IN ('profile', 'workspace') AND NOT o.by_policy
ORDER BY 2, 3;
