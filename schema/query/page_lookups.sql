SELECT id AS "No.", time_ns AS "Time (UTC)", qname AS "Name asked for", qtype AS "Type", rcode AS "Answer code", answers AS "Answers",
	transport AS "Transport", server AS "Server", dir AS "Direction", coalesce(vector_of_name, vector) AS "Vector",
	product AS "Product", pid AS "Pid"
FROM v_dns
ORDER BY time_ns, id;
