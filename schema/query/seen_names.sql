SELECT name, sum(looked), sum(connected), min(at), max(at) FROM (
	SELECT lower(rtrim(qname, '.')) AS name, 1 AS looked, 0 AS connected, time_ns AS at FROM v_dns WHERE qname IS NOT NULL
	UNION ALL SELECT lower(rtrim(name, '.')), how = 'dns', how <> 'dns', time_ns FROM v_name
	UNION ALL SELECT dst, 0, 1, first_ns FROM v_flow
	UNION ALL SELECT dst, 0, 1, time_ns FROM v_attempt WHERE dst IS NOT NULL AND class <> 'unix'
	UNION ALL SELECT lower(rtrim(host, '.')), 0, 1, time_ns FROM v_app_event WHERE host IS NOT NULL
) WHERE name <> '' GROUP BY name ORDER BY name
