-- The session asked the resolver of Windows, and that asked on. It adds the domains that it
-- searches: each name that went out is compared with all that it begins with, label by label.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
WITH RECURSIVE asked_on (id, time_ns, name) AS (
	SELECT id, time_ns, lower(qname) FROM dns WHERE dir = 'out' AND transport = 'client' AND qname <> ''
	UNION ALL SELECT id, time_ns, rtrim(rtrim(name, replace(name, '.', '')), '.') FROM asked_on WHERE instr(name, '.') > 0
)
SELECT 'critical', 'FAIL', 'name_resolver',
	'A name lookup left the machine through the resolver of Windows: ' || q.qname,
	coalesce((SELECT coalesce(p.comm, 'a process without a name') || ' (pid ' || p.pid || coalesce(', ' || p.exe, '') || ')' FROM process p
			WHERE p.pid = q.pid AND p.first_ns <= q.time_ns + 1000000000 ORDER BY p.first_ns DESC LIMIT 1), 'pid ' || coalesce(q.pid, '?'))
		|| ' asked for ' || q.qname || ' at ' || strftime('%Y-%m-%d %H:%M:%S', q.time_ns / 1000000000, 'unixepoch')
		|| printf('.%03d UTC', q.time_ns / 1000000 % 1000) || '; '
		|| CASE WHEN o.qname = q.qname COLLATE NOCASE THEN 'the same question' ELSE 'one for ' || o.qname END
		|| ' then went to ' || o.server || ' on another machine.'
		|| ' A lookup tells the name server, and everybody on the way, which host was meant, even where the connection itself is blocked.',
	json_object('file', (SELECT path FROM source WHERE id = q.source), 'records', json_array(min(q.packet), min(o.packet))),
	'name_lookup',
	'Give the program addresses or names of the hosts file, or take the name servers out of the adapters while the session runs.'
FROM dns q
JOIN asked_on n ON n.name = rtrim(lower(q.qname), '.') AND n.time_ns BETWEEN q.time_ns - 100000000 AND q.time_ns + 10000000000
JOIN dns o ON o.id = n.id
WHERE q.transport = 'client' AND q.in_session = 1 AND q.server = '' AND q.qname <> ''
GROUP BY lower(q.qname)
ORDER BY min(q.id);
