-- The session asked a resolver on this machine, and that asked on. Resolvers play with the case
-- of a name, and add the domains that they search: each name that went out is compared with all
-- that it begins with, label by label.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
WITH RECURSIVE asked_on (id, time_ns, name) AS (
	SELECT id, time_ns, lower(qname) FROM dns WHERE dir = 'out' AND qname <> ''
	UNION ALL SELECT id, time_ns, rtrim(rtrim(name, replace(name, '.', '')), '.') FROM asked_on WHERE instr(name, '.') > 0
)
SELECT 'critical', 'FAIL', 'name_forwarded',
	'A name lookup left the machine through the local resolver: ' || q.qname,
	t.who || ' asked ' || q.server || ' on this machine for ' || q.qname || ' at ' || t.at
		|| '; ' || CASE WHEN o.qname = q.qname COLLATE NOCASE THEN 'the same question' ELSE 'one for ' || o.qname END
		|| ' then went to ' || o.server || ' on another machine.',
	json_object('file', (SELECT path FROM source WHERE id = q.source), 'packets', json_array(min(q.packet), min(o.packet))),
	'name_lookup',
	'Take the upstream servers out of the local resolver, or block it at the firewall while the session runs.'
FROM dns q
JOIN flow f ON f.id = q.flow
JOIN attempt a ON a.id = f.attempt AND a.in_session = 1
JOIN told_attempt t ON t.id = a.id
JOIN asked_on n ON n.name = lower(q.qname) AND n.time_ns BETWEEN q.time_ns - 100000000 AND q.time_ns + 10000000000
JOIN dns o ON o.id = n.id
WHERE q.dir = 'local' AND q.id <> o.id AND q.qname <> ''
	AND NOT EXISTS (SELECT 1 FROM flow g JOIN attempt b ON b.id = g.attempt WHERE g.id = o.flow AND b.in_session = 1)
GROUP BY lower(q.qname)
ORDER BY min(q.id);
