-- Where each installed client takes its model from: what a URL of it says, what its provider
-- is where no URL is set for that, and what it does when nothing is said at all.
WITH url AS (
	SELECT k.subject, s.path, s.name, s.value, s.source, s.record, h.address,
		CASE WHEN h.name IS NULL THEN s.reach WHEN h.is_local THEN 'loopback' ELSE 'name' END AS reach
	FROM posture_known k JOIN posture_setting s
	 ON (s.subject = k.subject OR (s.subject = '' AND s.what = 'environment')) AND s.name GLOB k.name
	LEFT JOIN posture_host h ON h.name = lower(s.host) AND s.reach <> 'doubtful'
	WHERE k.kind = 'endpoint' AND s.value <> ''
), provider AS (
	SELECT k.subject, s.path, s.name, s.value, s.source, s.record,
		CASE WHEN instr(s.value, '/') > 0 THEN substr(s.value, 1, instr(s.value, '/') - 1) ELSE s.value END AS maker,
		k.wanted, k.flags,
		rtrim(s.name, replace(s.name, '.', '')) AS lead
	FROM posture_known k JOIN posture_setting s ON s.subject = k.subject AND s.name GLOB k.name
	WHERE k.kind = 'provider' AND s.value <> ''
), judged AS (
	SELECT p.*, ',' || p.wanted || ',' LIKE '%,' || p.maker || ',%' AS is_local,
		EXISTS (SELECT 1 FROM posture_fact f WHERE f.source = p.source AND f.record = p.record AND f.value <> ''
			AND f.name = CASE WHEN p.flags GLOB '*=*' THEN CASE WHEN p.flags GLOB p.maker || '=*' THEN substr(p.flags, length(p.maker) + 2) END
				WHEN p.flags GLOB '^*' THEN p.lead || substr(p.flags, 2) ELSE replace(p.flags, '{}', p.maker) END) AS has_url
	FROM provider p
)
SELECT CASE WHEN u.reach IN ('loopback', 'any') THEN 'ok' WHEN u.reach IS NULL THEN 'unknown' ELSE 'finding' END, u.subject,
	u.name || ' is ' || u.value || ' in ' || u.path
		|| CASE WHEN u.reach IN ('loopback', 'any') THEN ': this machine' WHEN u.reach IS NULL THEN ', which is no URL'
			WHEN u.reach = 'doubtful' THEN ', of which clients take different hosts' ELSE ': another machine' END
		|| coalesce(' (' || u.address || ' in /etc/hosts)', ''),
	u.source, u.record, u.path, NULL
FROM url u
WHERE u.subject IN (SELECT subject FROM posture_product)
UNION ALL
SELECT CASE WHEN j.is_local THEN 'ok' ELSE 'finding' END, j.subject,
	j.name || ' is ' || j.value || ' in ' || j.path || CASE WHEN j.is_local THEN ', which is served on this machine' ELSE ', and no URL on this machine is set for it' END,
	j.source, j.record, j.path, NULL
FROM judged j WHERE NOT j.has_url
UNION ALL
SELECT CASE WHEN k.flags = 'remote' THEN 'finding' ELSE 'unknown' END, k.subject, k.note, NULL, NULL, 'its settings', NULL
FROM posture_known k
WHERE k.kind = 'client' AND k.subject IN (SELECT subject FROM posture_product)
 AND NOT EXISTS (SELECT 1 FROM url u WHERE u.subject = k.subject)
 AND NOT EXISTS (SELECT 1 FROM provider p WHERE p.subject = k.subject)
UNION ALL
SELECT 'unknown', i.subject, i.path || ' was not understood as a whole: ' || d.why || ': ' || d.example, i.source, i.record, i.path, NULL
FROM posture_doubt d JOIN posture_item i ON i.source = d.source AND i.record = d.record
WHERE i.what IN ('client-json', 'client-yaml', 'client-toml') AND i.subject IN (SELECT subject FROM posture_product)
GROUP BY i.source, i.record
ORDER BY 2, 3;
