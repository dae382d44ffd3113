-- Every entry, where its address lies, and what it was judged to be before.
SELECT e.id, coalesce(e.host, ''), coalesce(e.dst, ''), coalesce(e.dport, -1), e.time_ns, coalesce(e.process, ''), t.class,
	e.class, e.vector, e.rule, e.confidence
FROM app_event e LEFT JOIN destination t ON t.address = e.dst;
