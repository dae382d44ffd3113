SELECT id AS "No.", app AS "Application", log AS "Log", line AS "Line", time_ns AS "Time (UTC)", disposition AS "Says",
	host AS "Host", dst AS "Destination", dport AS "Port", proto AS "Protocol", process AS "Program", pid AS "Process",
	count AS "Count", vector AS "Vector", product AS "Product", text AS "Text", zone AS "Zone"
FROM v_app_event
ORDER BY id;
