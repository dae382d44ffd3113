-- What was on the wire before the command began is not of the session.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'unattributed',
	'Packets left the machine that no process explains: ' || count(*) || CASE WHEN count(*) = 1 THEN ' flow' ELSE ' flows' END,
	'The first: ' || f.proto || ' from ' || f.src || coalesce(' port ' || f.sport, '') || ' to ' || f.dst || coalesce(' port ' || f.dport, '')
		|| ' at ' || strftime('%Y-%m-%d %H:%M:%S', f.first_ns / 1000000000, 'unixepoch') || ' UTC, ' || f.packets_out || CASE WHEN f.packets_out = 1 THEN ' packet' ELSE ' packets' END || ' out.',
	json_object('file', (SELECT path FROM source WHERE id = f.source), 'packet', min(f.first_packet), 'flows', count(*)),
	'unclassified',
	'Look at these flows in v_flow (explained IS NULL); end what sends them, or run the session in a network namespace of its own.'
FROM flow f
WHERE f.explained IS NULL AND f.dir IS NOT 'local'
	AND f.last_ns >= (SELECT cast(value AS INTEGER) FROM session WHERE name = 'watch_from_ns')
HAVING count(*) > 0
-- The kernel's own count of what the session's sockets sent, where none of its attempts accounts for any: another
-- process that reached the same place at the same time may seem to explain the packets.
UNION ALL
SELECT 'high', 'INCONCLUSIVE', 'unattributed',
	'Packets of the session left the machine that no attempt of it explains: ' || e.value || CASE e.value WHEN '1' THEN ' packet' ELSE ' packets' END,
	'So many the kernel counted for sockets that were made in the session''s control group.',
	json_object('file', 'evidence.ndjson', 'packets', cast(e.value AS INTEGER)),
	'unclassified',
	'Look for raw sockets of the session in v_attempt, and run it as a user who may make none.'
FROM session e
WHERE e.name = 'egress_packets' AND cast(e.value AS INTEGER) > 0
	AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.in_session AND a.leaves)
	AND NOT EXISTS (SELECT 1 FROM flow f WHERE f.explained = 'session' AND f.dir IS NOT 'local');
