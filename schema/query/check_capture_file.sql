-- What the evidence tells of each file of the capture is sealed with it. A file that another one was told to be
-- was swapped or is there twice; one nobody told of may hold anything, or lack its end.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'capture_file',
	CASE c.state WHEN 'missing' THEN 'A file of the capture is missing: ' WHEN 'out of order' THEN 'A file of the capture has no file before it: '
		WHEN 'changed' THEN 'A file of the capture is not the one that was written: '
		WHEN 'unread' THEN 'A file of the capture could not be read whole: ' ELSE 'A file of the capture is in no record: ' END || c.path,
	CASE c.state WHEN 'missing' THEN 'It held ' || c.packets || ' packets, from ' || strftime('%H:%M:%S', c.from_ns / 1000000000, 'unixepoch')
			|| ' to ' || strftime('%H:%M:%S', c.to_ns / 1000000000, 'unixepoch') || ' UTC.'
		WHEN 'out of order' THEN 'The evidence tells of no file with the number before its own, or of two with one number.'
		WHEN 'changed' THEN coalesce('It is what ' || (SELECT o.path FROM v_capture o WHERE o.sha256 = c.sha256_read AND o.number <> c.number ORDER BY o.number LIMIT 1)
				|| ' was when the collector was done with it.', 'Its bytes are not those that the collector wrote.')
		WHEN 'unread' THEN 'It held ' || c.packets || ' packets; ' || c.packets_read || ' were read.'
		ELSE coalesce('It is what ' || (SELECT o.path FROM v_capture o WHERE o.sha256 = c.sha256_read ORDER BY o.number LIMIT 1)
				|| ' was when the collector was done with it.', 'The collector did not come to its end, or somebody else made it.') END,
	json_object('view', 'v_capture', 'file', c.path), NULL,
	'Bring back the file as it was; what the session did while it was written is not known without it.'
FROM v_capture c
WHERE c.state <> 'whole'
ORDER BY c.number, c.state;
