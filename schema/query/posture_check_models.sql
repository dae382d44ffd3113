WITH model AS (
	SELECT DISTINCT s.name FROM posture_setting s WHERE s.what = 'ollama-models'
), memory AS (
	SELECT max(gib) AS gib FROM (
		SELECT cast(name AS INTEGER) / 1024.0 AS gib FROM posture_setting WHERE what = 'nvidia' AND cast(name AS INTEGER) > 0
		UNION ALL SELECT cast(value AS INTEGER) / 1073741824.0 FROM posture_setting WHERE what = 'graphics')
), tier AS (
	SELECT k.subject, k.name, EXISTS (SELECT 1 FROM model m WHERE m.name GLOB '*/' || replace(k.name, ':', '/') || CASE WHEN instr(k.name, ':') THEN '' ELSE '/*' END) AS here
	FROM posture_known k, memory
	WHERE k.kind = 'tier' AND memory.gib > cast(k.wanted AS REAL) AND memory.gib <= cast(k.flags AS REAL)
	AND k.name NOT IN (SELECT g.name FROM posture_known g WHERE g.kind = 'tier' AND g.subject = 'general')
)
SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM model) THEN
		CASE WHEN EXISTS (SELECT 1 FROM posture_item WHERE what = 'ollama-models' AND state IN ('denied', 'failed')) THEN 'unknown' ELSE 'finding' END
		WHEN EXISTS (SELECT 1 FROM tier) AND NOT EXISTS (SELECT 1 FROM tier WHERE here) THEN 'finding'
		ELSE 'ok' END,
	'Ollama',
	(SELECT count(*) FROM model) || ' model files of Ollama are here' || CASE
		WHEN EXISTS (SELECT 1 FROM tier WHERE here) THEN ', the one for this machine''s graphics memory among them: ' || (SELECT name FROM tier WHERE here LIMIT 1)
		WHEN EXISTS (SELECT 1 FROM tier) THEN ', none of them the one for this machine''s graphics memory: ' || (SELECT name FROM tier LIMIT 1)
		WHEN (SELECT gib FROM memory) IS NULL THEN '; how much graphics memory there is could not be told'
		ELSE '; for this graphics memory there is but the general recommendation, ' ||
			coalesce((SELECT name FROM posture_known WHERE kind = 'tier' AND subject = 'general'), 'none') END,
	(SELECT source FROM posture_item WHERE what = 'ollama-models' LIMIT 1),
	(SELECT record FROM posture_item WHERE what = 'ollama-models' ORDER BY state = 'read' DESC LIMIT 1),
	coalesce((SELECT name FROM tier LIMIT 1), 'NAME'), 'low'
WHERE EXISTS (SELECT 1 FROM posture_product WHERE subject = 'Ollama');
