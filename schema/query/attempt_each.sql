-- Every attempt, with what it was judged to be before.
SELECT a.id, coalesce(a.dst, ''), coalesce(a.dport, -1), a.proto, a.time_ns, coalesce(a.process, 0), coalesce(a.comm, ''), a.suite,
	a.call, coalesce(a.left_machine, 0), a.netns, a.source, a.in_session, a.outcome,
	a.witness = 'etw' AND a.in_session = 1 AND (coalesce(a.bytes_out, 0) > 0 OR (a.proto = 'tcp' AND a.outcome = 'ok')),
	a.class, a.leaves, a.vector, a.rule, a.confidence, a.name, a.name_how, a.browser, a.allowed
FROM attempt a;
