WITH installed AS (
	SELECT s.subject, lower(s.value) AS id, min(s.source) AS source, min(s.record) AS record FROM posture_setting s
	WHERE s.what = 'extensions' AND s.name GLOB '*.identifier.id' GROUP BY 1, 2
), known AS (
	SELECT i.*, k.name, k.flags, k.note,
		k.name <> '' AND EXISTS (SELECT 1 FROM posture_setting s WHERE s.subject = i.subject AND s.what = 'editor-settings'
			AND s.scope IN ('user', 'profile') AND s.name = k.name AND ',' || k.wanted || ',' LIKE '%,' || lower(s.value) || ',%') AS off
	FROM installed i JOIN posture_known k ON k.kind = 'extension' AND k.subject = i.id
)
SELECT CASE WHEN off OR flags = 'none' THEN 'ok' ELSE 'finding' END, subject,
	id || CASE WHEN flags = 'none' THEN ': ' ELSE ' calls out (' || flags || '): ' END || note
		|| CASE WHEN off THEN '; ' || name || ' is off, which is weak: it is the extension that heeds it' WHEN name <> '' THEN '; ' || name || ' is not off' ELSE '' END,
	source, record, id, NULL
FROM known
UNION ALL
SELECT 'unknown', subject, count(*) || CASE WHEN count(*) = 1 THEN ' extension of which nothing is' ELSE ' extensions of which nothing is' END || ' known here: '
	|| group_concat(id, ', '), min(source), min(record), NULL, NULL
FROM (SELECT * FROM installed WHERE id NOT IN (SELECT subject FROM posture_known WHERE kind = 'extension') ORDER BY subject, id)
GROUP BY subject
UNION ALL
SELECT 'unknown', i.subject, i.path || ' was not understood: ' || d.why, i.source, i.record, NULL, NULL
FROM posture_doubt d JOIN posture_item i ON i.source = d.source AND i.record = d.record WHERE i.what = 'extensions'
ORDER BY 2, 3;
