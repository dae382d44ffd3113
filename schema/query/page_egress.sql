-- What was aimed at other machines, or nobody knows where: for a page, the rest stands in the workbook.
SELECT a.id AS "No.", a.time_ns AS "Time (UTC)", a.comm AS "Process", a.pid AS "Pid", a.dst AS "Destination", a.dport AS "Port",
	a.proto AS "Protocol", a.name AS "Name", a.vector AS "Vector", e.product AS "Product", a.outcome AS "Outcome",
	a.bytes_out AS "Bytes out", CASE a.left_machine WHEN 1 THEN 'yes' WHEN 0 THEN 'no' ELSE 'not known' END AS "Left the machine",
	CASE a.allowed WHEN 1 THEN 'yes' ELSE 'no' END AS "Allowed", e.off_switch AS "How to switch it off", p.exe AS "Program"
FROM attempt a
LEFT JOIN process p ON p.id = a.process
LEFT JOIN endpoint e ON e.rule = a.rule
WHERE a.suite = 0 AND a.in_session = 1 AND (a.leaves = 1 OR a.class IS NULL)
ORDER BY a.time_ns, a.id;
