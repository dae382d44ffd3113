-- A program outside that the session could have asked. Where every connection to a Unix socket is seen, it is
-- known whether it did; what the user let through counts all the same, and so do files of another machine.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN o.sure OR NOT k.sees OR k.asked THEN 'high' ELSE 'low' END,
	CASE WHEN o.sure OR NOT k.sees OR k.asked THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'isolation_open',
	CASE WHEN o.files THEN 'Files of another machine could be written to in the isolated session: ' || o.path
		WHEN o.reason = 'kept' THEN 'A socket of another program was let through to the session: ' || o.path
		WHEN o.reason = 'unlisted' THEN 'There are more sockets of other programs than could be hidden'
		ELSE 'A socket of another program was not hidden from the session: ' || o.path END,
	CASE WHEN o.files THEN 'Its kind is ' || o.reason || ', and the work folder, the home or a program lies there: whatever is written to it is carried away.'
		WHEN o.reason = 'kept' THEN 'It was asked for with --isolate-keep. Whoever listens there can do for the session what it cannot do itself.'
		WHEN o.reason = 'open' THEN 'It was there before, and could not be covered.'
		WHEN o.reason = 'unknown' THEN 'It was bound by a relative path, and which folder that leads from is not known.'
		WHEN o.reason = 'came up' THEN 'It was made by a program outside while the session ran, in a folder that the session sees.'
		ELSE 'Whoever listens there may do for the session what it cannot do itself.' END
		|| CASE WHEN o.sure OR NOT k.sees THEN '' WHEN k.asked THEN ' The session connected to it.' ELSE ' The session did not connect to it.' END,
	json_object('file', 'evidence.ndjson', 'record', o.record), NULL,
	CASE WHEN o.files THEN 'Work in a folder on a disk of this machine.' WHEN o.reason = 'kept' THEN 'Leave --isolate-keep out.'
		ELSE 'End that program, or run the session with sudo, so that each such connection is seen.' END
FROM (SELECT path, reason, min(record) AS record, reason NOT IN ('open', 'unknown', 'unlisted', 'came up') AS sure,
	reason NOT IN ('kept', 'open', 'unknown', 'unlisted', 'came up') AS files FROM isolation_open GROUP BY path, reason) o
JOIN (SELECT o2.path, EXISTS (SELECT 1 FROM witness WHERE name = 'kernel' AND state = 'on')
		AND EXISTS (SELECT 1 FROM witness_part WHERE witness = 'kernel' AND part IN ('syscall', 'syscall_all') AND state = 'on')
		AND NOT EXISTS (SELECT 1 FROM coverage WHERE witness = 'kernel' AND state <> 'seeing')
		AND EXISTS (SELECT 1 FROM coverage WHERE witness = 'kernel') AS sees,
		EXISTS (SELECT 1 FROM attempt a WHERE a.in_session = 1 AND a.leaves = 0 AND coalesce(a.class, '') NOT IN ('loopback', 'own') AND a.class = 'unix'
			AND (a.dst = o2.path OR o2.path = '' OR a.dst NOT LIKE '/%' OR o2.path NOT LIKE '/%')) AS asked
	FROM (SELECT DISTINCT path FROM isolation_open) o2) k ON k.path = o.path
ORDER BY o.sure DESC, o.record;
