-- The kernel says that a connection was made, and the capture, shown to have seen at that time, has not a
-- packet to or from that place. Only where the packets are looked at: not of another network namespace.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'packetless',
	'Connections were made of which no packet was captured: ' || count(*),
	'The first: at ' || t.at || ' ' || t.who || ' to ' || t.destination || '. One of the two witnesses missed something, or the packets took a way that is not watched.',
	json_object('file', t.file, 'record', t.record, 'attempt', min(a.id)), 'unclassified',
	'See which interface and network namespace this connection used; if it stays so, ask airgap-verify doctor.'
FROM attempt a JOIN told_attempt t ON t.id = a.id
WHERE a.in_session = 1 AND a.leaves = 1 AND a.proto = 'tcp' AND a.outcome = 'ok' AND a.call IN ('connect', 'io_uring')
	AND (a.netns IS NULL OR a.netns IN (SELECT netns FROM attempt WHERE suite = 1))
	AND EXISTS (SELECT 1 FROM coverage WHERE witness = 'packets' AND state = 'seeing')
	AND EXISTS (SELECT 1 FROM coverage c WHERE c.witness = 'packets' AND c.state = 'seeing' AND a.time_ns BETWEEN c.from_ns AND c.to_ns)
	AND NOT EXISTS (SELECT 1 FROM flow f WHERE f.dst IN (a.dst, replace(a.dst, '::ffff:', '')) AND f.dport = a.dport AND f.proto = a.proto)
HAVING count(*) > 0;
