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
HAVING count(*) > 0;
