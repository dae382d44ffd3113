-- Servers by the name of their process, not by a port that anybody may use.
WITH server AS (
	SELECT p.pid, p.source, p.record, k.subject FROM posture_process p
	JOIN posture_known k ON k.kind = 'server'
	 AND (lower(p.comm) GLOB k.name OR (k.flags <> '' AND lower(p.args) GLOB k.flags))
), told AS ( -- a name stands for what /etc/hosts says; nothing else is asked
	SELECT s.value, s.path, s.source, s.record, h.address,
		CASE WHEN h.name IS NULL THEN coalesce(s.reach, 'name') WHEN h.is_local THEN 'loopback' ELSE 'other' END AS reach
	FROM posture_setting s LEFT JOIN posture_host h ON coalesce(s.reach, '') <> 'doubtful'
	 AND h.name = lower(coalesce(s.host, CASE WHEN instr(s.value, ':') > 0 THEN substr(s.value, 1, instr(s.value, ':') - 1) ELSE s.value END))
	WHERE s.what IN ('unit', 'process') AND s.name IN ('OLLAMA_HOST', 'env.OLLAMA_HOST') AND s.value <> ''
)
SELECT CASE WHEN l.reach = 'loopback' THEN 'ok' ELSE 'finding' END AS state, k.subject,
	k.subject || ' listens on ' || l.address || ' port ' || l.port || '/' || l.proto
		|| CASE l.reach WHEN 'loopback' THEN '' WHEN 'any' THEN ': on every interface' ELSE ': others can reach it' END,
	l.source, l.record, NULL, NULL
FROM posture_listener l JOIN posture_known k ON k.kind = 'server'
 AND (lower(l.process) GLOB k.name OR EXISTS (SELECT 1 FROM server s WHERE s.pid = l.pid AND s.subject = k.subject))
UNION ALL
SELECT 'unknown', k.subject, 'A process without a name listens on ' || l.address || ' port ' || l.port
	|| ', which is the port of ' || k.subject || '; run it with sudo to see whose it is', l.source, l.record, NULL, NULL
FROM posture_listener l JOIN posture_known k ON k.kind = 'server' AND k.wanted = l.port
WHERE l.process IS NULL AND l.reach <> 'loopback' AND l.proto = 'tcp'
UNION ALL
SELECT CASE WHEN t.reach = 'name' THEN 'unknown' ELSE 'finding' END, 'Ollama', 'Ollama is told to listen on ' || t.value || ' (OLLAMA_HOST in ' || t.path || ')'
	|| CASE WHEN t.reach = 'name' THEN ', a name that is not in /etc/hosts, and that nobody was asked for' ELSE coalesce(', which is ' || t.address || ' in /etc/hosts', '') END,
	t.source, t.record, NULL, NULL
FROM told t WHERE t.reach <> 'loopback'
UNION ALL
SELECT 'finding', 'LM Studio', 'LM Studio is told to listen on ' || s.value || ' (networkInterface in ' || s.path || ')', s.source, s.record, NULL, NULL
FROM posture_setting s
WHERE s.what = 'lmstudio-server' AND s.name = 'networkInterface' AND s.reach IS NOT NULL AND s.reach <> 'loopback'
UNION ALL
SELECT 'unknown', p.subject, 'Who listens could not be seen: ' || coalesce(i.problem, i.state), i.source, i.record, NULL, NULL
FROM posture_item i JOIN (SELECT DISTINCT subject FROM server) p
WHERE i.what = 'listeners' AND i.state NOT IN ('read', 'recorded')
ORDER BY 2, 3;
