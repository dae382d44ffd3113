INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'evidence_open',
	CASE WHEN c.problem IS NOT NULL THEN 'The chain of checkpoints does not hold' ELSE 'The evidence was not brought to its end' END,
	CASE WHEN c.problem IS NOT NULL THEN 'evidence.ndjson: ' || c.problem || '. '
		ELSE 'The watch broke off; ' END
		|| c.sealed_bytes || ' of ' || c.bytes || ' bytes stand under a good checkpoint'
		|| CASE WHEN c.last_ns > 0 THEN ', the last of ' || strftime('%H:%M:%S', c.last_ns / 1000000000, 'unixepoch') || ' UTC' ELSE '' END
		|| '. What stands behind it was read, but proves nothing.',
	json_object('file', coalesce(s.path, 'evidence.ndjson'), 'bytes', c.sealed_bytes), NULL, 'Run the session again and let it come to its end.'
FROM (SELECT source, sealed_bytes, bytes, problem, last_ns FROM checkpoint WHERE closed = 0 OR problem IS NOT NULL
	UNION ALL SELECT NULL, 0, 0, 'it is not there', 0
		WHERE NOT EXISTS (SELECT 1 FROM checkpoint) AND EXISTS (SELECT 1 FROM session WHERE name = 'watch_from_ns')) c
LEFT JOIN source s ON s.id = c.source;
