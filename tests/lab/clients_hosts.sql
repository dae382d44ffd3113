-- SPDX-License-Identifier: Apache-2.0
-- What a session shows of hosts that its processes meant: host, vector, product, process.
CREATE TEMP VIEW session_flow AS
SELECT f.* FROM v_flow f
WHERE EXISTS (SELECT 1 FROM v_attempt a WHERE a.in_session AND a.pid = f.pid AND a.dst = f.dst AND a.dport IS f.dport);

CREATE TEMP VIEW asked AS
SELECT DISTINCT lower(d.qname) AS host, f.exe AS process
FROM v_dns d JOIN session_flow f ON f.id = d.flow_id
WHERE d.dir = 'out' AND d.qname IS NOT NULL;

CREATE TEMP VIEW called AS
SELECT DISTINCT lower(n.name) AS host, f.vector, f.exe AS process, f.dst
FROM v_name n JOIN session_flow f ON f.id = n.flow_id
WHERE f.dir = 'out' AND f.dport <> 53;

CREATE TEMP VIEW host_vector AS
SELECT host, vector, process FROM called
UNION -- to an address that nobody looked up
SELECT a.dst, a.vector, coalesce(a.exe, a.comm) FROM v_attempt a
WHERE a.in_session AND a.leaves AND coalesce(a.dport, -1) NOT IN (0, 53) AND a.dst NOT IN (SELECT dst FROM called)
UNION
SELECT host, 'only looked up', process FROM asked WHERE host NOT IN (SELECT host FROM called);

CREATE TEMP VIEW host AS
SELECT host, vector, coalesce((SELECT e.product FROM endpoint e
		WHERE h.host = e.host OR h.host LIKE '%.' || e.host
		ORDER BY length(e.host) DESC, e.process IS NOT NULL, e.rule LIMIT 1), '-') AS product, process
FROM host_vector h;
