-- On Windows programs ask services to reach out for them (files of servers, downloads, lookups)
-- over ways that no witness sees. Whoever reached out while the session ran may have been asked.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
WITH o AS MATERIALIZED (
	SELECT count(*) AS n, min(a.id) AS first, count(DISTINCT t.program) AS programs FROM attempt a JOIN told_attempt t ON t.id = a.id
	WHERE a.witness = 'etw' AND a.in_session = 0 AND a.suite = 0 AND a.leaves = 1 AND a.allowed = 0
		AND a.source IN (SELECT id FROM source WHERE reader = 'evidence')
		AND a.time_ns >= (SELECT cast(value AS INTEGER) FROM session WHERE name = 'watch_from_ns')
)
SELECT 'medium', 'INCONCLUSIVE', 'service_peer',
	'Other programs reached out, and the session may have asked them to: ' || o.n || CASE WHEN o.n = 1 THEN ' attempt' ELSE ' attempts' END,
	'The first of ' || o.programs || CASE WHEN o.programs = 1 THEN ' program: ' ELSE ' programs: ' END || t.who || ' to ' || t.destination || ' at ' || t.at
		|| CASE WHEN a.pid = 4 THEN ', which is Windows itself; so are files of servers opened' ELSE '' END
		|| '. How programs of Windows ask each other (RPC, COM, pipes) is not seen by any witness here.',
	json_object('file', t.file, 'record', t.record, 'attempt', a.id), NULL,
	'Run the session again while the machine is offline but for it, or block these programs at the firewall; or allow their destinations in the policy, with the reason.'
FROM o JOIN attempt a ON a.id = o.first JOIN told_attempt t ON t.id = a.id
WHERE o.n > 0;
