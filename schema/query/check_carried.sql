-- A server outside may pass on what it is told. With the kernel witness its own attempts are seen (local_peer);
-- else somebody has to vouch for it.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN k.sees OR p.vouched THEN 'info' ELSE 'medium' END, CASE WHEN k.sees OR p.vouched THEN 'NOTE' ELSE 'INCONCLUSIVE' END, 'carried',
	CASE WHEN p.n = 1 THEN 'A connection was' ELSE p.n || ' connections were' END || ' carried out of the isolation to ' || p.place,
	p.bytes_out || ' bytes went to the server there and ' || p.bytes_in || ' came back. '
		|| CASE WHEN k.sees THEN 'Whether it passed anything on was watched.'
			WHEN p.vouched THEN 'The policy vouches for it ([isolate] carry); what it did itself was not watched.'
			ELSE 'Whether it passed anything on nobody saw.' END,
	json_object('file', 'evidence.ndjson', 'record', p.record), NULL,
	CASE WHEN k.sees OR p.vouched THEN '' ELSE 'Run the session with sudo, so that the server is watched, too; or name it in the policy ([isolate] carry), if the site knows that it passes nothing on.' END
FROM (SELECT c.place, count(*) AS n, sum(c.bytes_out) AS bytes_out, sum(c.bytes_in) AS bytes_in, min(c.record) AS record,
		instr(char(10) || coalesce((SELECT value FROM session WHERE name = 'policy_carry'), ''), char(10) || c.place || char(10)) > 0 AS vouched
	FROM (SELECT CASE WHEN dst LIKE '%:%' THEN '[' || dst || ']' ELSE dst END || ':' || dport AS place, bytes_out, bytes_in, record FROM carried WHERE state <> 'failed') c
	GROUP BY c.place) p
JOIN (SELECT EXISTS (SELECT 1 FROM witness WHERE name = 'kernel' AND state = 'on')
	AND NOT EXISTS (SELECT 1 FROM coverage WHERE witness = 'kernel' AND state <> 'seeing')
	AND EXISTS (SELECT 1 FROM coverage WHERE witness = 'kernel') AS sees) k
ORDER BY p.record;
