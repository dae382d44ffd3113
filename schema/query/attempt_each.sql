-- Every attempt, with what it was judged to be before.
SELECT a.id, a.dst, coalesce(a.dport, -1), a.proto, a.time_ns, a.process, a.comm, a.suite, a.call, a.left_machine, a.netns, a.source, a.in_session,
	a.outcome,
	CASE WHEN a.witness = 'etw' THEN a.in_session = 1 AND (a.bytes_out > 0 OR (a.proto = 'tcp' AND a.outcome = 'ok')) END,
	a.class, a.leaves, a.vector, a.rule, a.confidence, a.name, a.name_how, a.browser, a.allowed
FROM attempt a;
