SELECT a.id AS "No.", a.time_ns AS "Time (UTC)", a.witness AS "Witness", a.call AS "Call", a.proto AS "Protocol",
	a.dst AS "Destination", a.dport AS "Port", a.name AS "Name", a.class AS "Class", a.vector AS "Vector",
	CASE a.leaves WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS "Leaves", a.outcome AS "Outcome", a.errno AS "Error number",
	a.bytes_out AS "Bytes out", a.bytes_in AS "Bytes in", a.pid AS "Process", a.uid AS "User", a.comm AS "Name of process",
	p.exe AS "Program", CASE a.in_session WHEN 1 THEN 'yes' ELSE 'no' END AS "In the session",
	CASE a.allowed WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS "Allowed", a.rule AS "Rule", s.path AS "Evidence", a.record AS "Record"
FROM attempt a
JOIN source s ON s.id = a.source
LEFT JOIN process p ON p.id = a.process
WHERE a.suite = 0
ORDER BY a.id;
