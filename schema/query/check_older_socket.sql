-- Connections without an attempt: those that were there before, and those that others opened. Of a
-- session that stays in its control group, what it answers is seen, and the former are not its own.
-- Processes that were there before (--pid), or left the group, may have had or accepted them, and in
-- the scope `host` somebody did.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
WITH who AS MATERIALIZED (
	SELECT DISTINCT uid FROM process WHERE in_tree = 1 AND in_cgroup = 0
	UNION SELECT uid FROM attempt WHERE in_session = 1 AND in_cgroup = 0
	UNION SELECT NULL FROM session WHERE name = 'scope' AND value = 'host'
)
SELECT 'high', 'INCONCLUSIVE', 'older_socket',
	'Connections that were there before, or were opened from outside, carried data: ' || count(*),
	'The first: ' || f.proto || ' between ' || f.src || coalesce(' port ' || f.sport, '') || ' and ' || f.dst || coalesce(' port ' || f.dport, '')
		|| ', ' || f.bytes_out || ' bytes one way and ' || f.bytes_in || ' the other. Whether a process under watch held one of them cannot be seen.',
	json_object('file', (SELECT path FROM source WHERE id = f.source), 'packet', min(f.first_packet), 'flows', count(*)),
	'unclassified', 'Start the program under watch instead of watching one that runs, and keep it in its control group.'
FROM flow f
WHERE f.last_ns >= (SELECT cast(value AS INTEGER) FROM session WHERE name = 'watch_from_ns') AND f.dir IS NOT 'local'
	AND ((f.explained = 'older socket'
			AND EXISTS (SELECT 1 FROM socket s JOIN who w ON w.uid IS NULL OR s.uid IS NULL OR w.uid = s.uid
				WHERE s.moment = 'before' AND s.proto = f.proto AND s.lport = f.sport AND s.rport = f.dport AND s.remote = f.dst))
		OR (f.explained = 'inbound' AND f.packets_in > 0 AND f.proto IN ('tcp', 'udp') AND f.state <> 'refused'
			AND EXISTS (SELECT 1 FROM who w WHERE w.uid IS NULL
				OR coalesce((SELECT s.uid FROM socket s WHERE s.moment = 'before' AND s.proto = f.proto AND s.lport = f.dport AND coalesce(s.rport, 0) = 0), w.uid) = w.uid)))
HAVING count(*) > 0;
