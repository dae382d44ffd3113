SELECT 'finding', 'Ollama', 'Ollama''s desktop app is here (' || what || '): it looks for updates every hour', source, record, NULL, NULL
FROM (
	SELECT 'it runs' AS what, source, record FROM posture_process WHERE comm GLOB 'Ollama*' OR lower(comm) = 'ollama app.exe' OR args GLOB '*Ollama.app/*'
	UNION ALL SELECT path, source, record FROM posture_item WHERE subject = 'Ollama app' AND state = 'there'
)
UNION ALL
SELECT 'ok', 'Ollama', 'Only the server was found, which does not look for updates by itself', NULL, NULL, NULL, NULL
WHERE EXISTS (SELECT 1 FROM posture_product WHERE subject = 'Ollama')
 AND NOT EXISTS (SELECT 1 FROM posture_item WHERE subject = 'Ollama app' AND state = 'there')
 AND NOT EXISTS (SELECT 1 FROM posture_process WHERE comm GLOB 'Ollama*' OR lower(comm) = 'ollama app.exe' OR args GLOB '*Ollama.app/*');
