WITH off AS (
	SELECT source, record, path, name FROM posture_setting
	WHERE (what = 'ollama-server' AND name = 'disable_ollama_cloud' AND value = 'true')
	 OR (what IN ('unit', 'process') AND name IN ('OLLAMA_NO_CLOUD', 'env.OLLAMA_NO_CLOUD') AND lower(value) IN ('1', 'true'))
), version AS (
	SELECT coalesce((SELECT ', version ' || substr(value, 12) FROM posture_setting
		WHERE what = 'ollama-version' AND name = 'ollama' AND value LIKE 'version is %' LIMIT 1), '') AS text
)
SELECT CASE
		WHEN EXISTS (SELECT 1 FROM off) THEN 'ok'
		WHEN EXISTS (SELECT 1 FROM posture_item WHERE what = 'ollama-server' AND state IN ('denied', 'failed', 'cut')) THEN 'unknown'
		ELSE 'finding' END,
	'Ollama', CASE
		WHEN EXISTS (SELECT 1 FROM off) THEN 'Ollama''s cloud is off (' || (SELECT name || ' in ' || path FROM off LIMIT 1) || ')'
		ELSE 'Nothing switches Ollama''s cloud off: neither OLLAMA_NO_CLOUD nor disable_ollama_cloud' END || version.text,
	(SELECT source FROM off LIMIT 1), (SELECT record FROM off LIMIT 1), NULL, NULL
FROM version WHERE EXISTS (SELECT 1 FROM posture_product WHERE subject = 'Ollama')
 OR EXISTS (SELECT 1 FROM posture_process WHERE lower(comm) = 'ollama');
