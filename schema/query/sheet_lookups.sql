SELECT id AS "No.", time_ns AS "Time (UTC)", qname AS "Name asked for", qtype AS "Type", rcode AS "Answer code", answers AS "Answers",
	transport AS "Transport", client AS "Client", server AS "Server", dport AS "Port", dir AS "Direction",
	coalesce(vector_of_name, vector) AS "Vector", product AS "Product", pid AS "Process",
	CASE in_session WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS "In the session", source AS "Evidence"
FROM v_dns
ORDER BY id;
