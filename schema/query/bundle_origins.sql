-- Who collected each raw file, when, and from where, as far as the evidence tells; in the order of paths.
SELECT a.path,
	CASE WHEN a.path IN ('session.json', 'evidence.ndjson', 'capture.pcapng', 'posture.ndjson') OR a.path GLOB 'tools/*'
		OR a.path GLOB 'applogs/*' OR a.path GLOB '*.etl' THEN 'airgap-collect' ELSE 'airgap-verify' END,
	a.collected_ns,
	coalesce((SELECT min(command) || coalesce(' (' || max(version) || ')', '') FROM tool_run t WHERE t.path = a.path),
		(SELECT path FROM app_log l WHERE l.copy = a.path),
		CASE a.path WHEN 'capture.pcapng' THEN (SELECT detail FROM witness WHERE name = 'packets')
			WHEN 'evidence.ndjson' THEN (SELECT 'the witnesses ' || group_concat(name, ', ')
				FROM (SELECT name FROM witness WHERE state <> 'missing' ORDER BY name)) END)
FROM artifact a ORDER BY a.path;
