-- SPDX-License-Identifier: Apache-2.0
-- The public surface: columns in the order of airgap-verify-formats(5). Columns
-- may be added behind; none changes its meaning without a new user_version.

CREATE VIEW v_flow AS
SELECT f.id, s.path AS source, f.proto, f.src, f.sport, f.dst, f.dport, f.first_ns, f.last_ns,
       f.packets_out, f.packets_in, f.bytes_out, f.bytes_in, f.state, f.iface,
       coalesce(a.pid, f.pid) AS pid, coalesce(p.exe, f.process) AS exe,
       CASE WHEN f.dir IS NOT NULL THEN f.dir WHEN x.address IS NOT NULL AND y.address IS NOT NULL THEN 'local'
         WHEN x.address IS NOT NULL THEN 'out' WHEN y.address IS NOT NULL THEN 'in' END AS dir,
       f.class, f.vector, f.explained, f.outer AS outer_id, f.app,
       CASE WHEN f.dir IS NOT NULL THEN f.dir_how ELSE coalesce(x.how, y.how, f.dir_how) END AS dir_how,
       e.product, f.confidence, f.rule, f.name, f.name_how, f.browser, t.special, t.role
FROM flow f
JOIN source s ON s.id = f.source
LEFT JOIN endpoint e ON e.rule = f.rule
LEFT JOIN destination t ON t.address = f.dst
LEFT JOIN capture_host x ON x.source = f.source AND x.address = f.src
LEFT JOIN capture_host y ON y.source = f.source AND y.address = f.dst
LEFT JOIN attempt a ON a.id = f.attempt
LEFT JOIN process p ON p.id = a.process;

CREATE VIEW v_attempt AS
SELECT a.id, a.time_ns, a.witness, a.call, a.proto, a.dst, a.dport, a.outcome, a.errno, a.pid, a.tid,
       p.ppid, a.uid, a.comm, p.exe, i.sha256 AS exe_sha256, a.in_session, a.class, a.vector,
       a.src, a.sport, a.bytes_out, a.bytes_in, a.left_machine, a.allowed, a.leaves,
       a.in_cgroup, a.in_tree,
       e.product, a.confidence, a.rule, a.name, a.name_how, a.browser, t.special, t.role
FROM attempt a
LEFT JOIN endpoint e ON e.rule = a.rule
LEFT JOIN destination t ON t.address = a.dst
LEFT JOIN process p ON p.id = a.process
LEFT JOIN image i ON i.id = p.image
WHERE a.suite = 0;

CREATE VIEW v_dns AS
SELECT d.id, s.path AS source, d.time_ns, d.client, d.server, d.sport, d.dport, d.transport,
       d.query_id, d.qname, d.qtype, d.rcode, d.answers, d.flow AS flow_id,
       CASE WHEN d.dir IS NOT NULL THEN d.dir WHEN x.address IS NOT NULL AND y.address IS NOT NULL THEN 'local'
         WHEN x.address IS NOT NULL THEN 'out' WHEN y.address IS NOT NULL THEN 'in' END AS dir, d.vector,
       d.pid, d.in_session, d.class, e.product, d.confidence, d.rule, e.vector AS vector_of_name, d.ttl
FROM dns d
JOIN source s ON s.id = d.source
LEFT JOIN endpoint e ON e.rule = d.rule
LEFT JOIN flow f ON f.id = d.flow
LEFT JOIN capture_host x ON x.source = d.source AND x.address = f.src
LEFT JOIN capture_host y ON y.source = d.source AND y.address = f.dst;

CREATE VIEW v_host AS
SELECT s.path AS source, h.address, h.how, h.flows, h.of_flows
FROM capture_host h
JOIN source s ON s.id = h.source;

CREATE VIEW v_name AS
SELECT id, flow AS flow_id, name, how, time_ns, detail FROM name;

CREATE VIEW v_socket AS
SELECT id, time_ns, witness, proto, local, lport, remote, rport, state, pid, process, uid, moment
FROM socket;

CREATE VIEW v_app_event AS
SELECT e.id, l.app, l.path AS log, e.line, e.time_ns, e.process, e.pid, e.host, e.dst, e.dport,
       e.proto, e.disposition, e.text, e.src, e.sport, e.dir, l.zone, l.zone_why, l.time_slack_ns,
       e.until_ns, e.count, l.clock_state, l.clock_offset_ns, l.clock_drift_ppb, l.clock_confidence,
       e.class, e.vector, p.product, e.confidence, e.rule
FROM app_event e
JOIN app_log l ON l.id = e.log
LEFT JOIN endpoint p ON p.rule = e.rule;

-- The rules by which all these were judged.
CREATE VIEW v_endpoint AS
SELECT rule, origin, product, host, port, process, path, vector, confidence, off_switch FROM endpoint;

-- The files of a session's capture, each as the evidence told of it and as it was read. A session that
-- never told of one (it broke off, or its collector was older) has the first one only.
CREATE VIEW v_capture AS
WITH told AS (SELECT row_number() OVER (ORDER BY number) AS n, t.* FROM capture_told t),
read AS (SELECT number, packets, size, sha256 FROM capture_file
	UNION ALL -- files that were given one by one
	SELECT t.number, s.records, s.size, s.sha256 FROM source s JOIN capture_told t ON t.sha256 = s.sha256
	WHERE s.reader = 'pcapng' AND NOT EXISTS (SELECT 1 FROM capture_file))
SELECT t.number, t.path, t.packets, t.size, t.sha256, t.from_ns, t.to_ns, f.packets AS packets_read, f.sha256 AS sha256_read,
	CASE WHEN f.number IS NULL THEN 'missing' WHEN t.number <> t.n THEN 'out of order'
		WHEN t.sha256 <> f.sha256 OR t.size <> f.size THEN 'changed' WHEN t.packets <> f.packets THEN 'unread' ELSE 'whole' END AS state
FROM told t LEFT JOIN read f ON f.number = t.number
UNION ALL
SELECT f.number, f.path, NULL, f.size, NULL, NULL, NULL, f.packets, f.sha256, 'untold'
FROM capture_file f
WHERE NOT EXISTS (SELECT 1 FROM capture_told t WHERE t.number = f.number) AND (f.number > 1 OR EXISTS (SELECT 1 FROM capture_told));

CREATE VIEW v_coverage AS
SELECT witness, from_ns, to_ns, state, lost, NULL AS source FROM coverage
UNION ALL
SELECT 'capture', c.first_ns, c.last_ns, CASE WHEN c.lost > 0 THEN 'lost' ELSE 'seeing' END, c.lost, c.path
FROM (SELECT s.path, s.first_ns, s.last_ns,
             coalesce((SELECT sum(k.count) FROM skipped k WHERE k.source = s.id), 0) AS lost
      FROM source s WHERE s.reader IN ('pcap', 'pcapng')) c
UNION ALL -- what the evidence tells of and is not there, or not as it was
SELECT 'capture', from_ns, to_ns, 'lost', packets, path FROM v_capture WHERE state <> 'whole' AND packets IS NOT NULL
UNION ALL -- of a trace, events that are of no matter here are no loss
SELECT 'etw', t.first_ns, t.last_ns, CASE WHEN t.lost > 0 THEN 'lost' ELSE 'seeing' END, t.lost, t.path
FROM (SELECT s.path, s.first_ns, s.last_ns,
             coalesce((SELECT sum(k.count) FROM skipped k WHERE k.source = s.id AND k.reason NOT LIKE '% not read'), 0) AS lost
      FROM source s WHERE s.reader = 'etl') t;

-- The isolation of a session, proof by proof, and connections that were carried through it.
CREATE VIEW v_isolation AS
SELECT 'proof' AS what, name, held, tried || ': ' || detail AS detail, NULL AS time_ns FROM isolation_proof
UNION ALL SELECT 'look', 'round ' || round, held, detail, time_ns FROM isolation_look
UNION ALL SELECT 'open', path, 0, reason, time_ns FROM isolation_open;

CREATE VIEW v_carried AS
SELECT number, time_ns, end_ns, proto, dst, dport, sport, state, errno, bytes_out, bytes_in FROM carried;

CREATE VIEW v_match AS
SELECT outcome, attempt AS attempt_id, flow AS flow_id, app_event AS app_event_id, offset_ns, rowid AS id, rule, log AS log_id
FROM match;

CREATE VIEW v_finding AS
SELECT id, severity, check_id, title, detail, evidence, vector, remedy, effect FROM finding;

CREATE VIEW v_control AS
SELECT framework, control, objective, evidence_kind, strength, status AS status_text,
       findings AS finding_ids, rev3, title, missing, limits, person, examine, origin
FROM control;

-- Of one whose destinations are not all known, none is called new or gone.
CREATE VIEW v_past AS
WITH told AS (SELECT audit FROM past WHERE problem IS NULL AND coalesce(more, 0) = 0 AND coalesce(cut, 0) = 0),
firsts AS (SELECT destination, min(audit) AS audit FROM past_destination GROUP BY destination),
placed AS (SELECT p.*, EXISTS (SELECT 1 FROM told t WHERE t.audit = p.audit) AS told,
	(SELECT max(t.audit) FROM told t WHERE t.audit < p.audit) AS before FROM past p)
SELECT p.audit, p.session AS session_id, p.folder, p.started_ns, p.from_ns, p.to_ns, p.scope, p.verdict, p.attempts,
	p.leaving AS attempts_leaving, p.lookups AS lookups_leaving, p.failing AS findings_fail, p.undecided AS findings_inconclusive,
	p.seen_permille,
	CASE WHEN p.problem IS NULL THEN (SELECT count(*) FROM past_destination d WHERE d.audit = p.audit) + coalesce(p.more, 0) END AS destinations,
	CASE WHEN p.told AND p.before IS NOT NULL THEN (SELECT count(*) FROM firsts f WHERE f.audit = p.audit) END AS destinations_new,
	CASE WHEN p.told AND p.before IS NOT NULL THEN
		(SELECT count(*) FROM past_destination d WHERE d.audit = p.before
			AND NOT EXISTS (SELECT 1 FROM past_destination e WHERE e.audit = p.audit AND e.destination = d.destination))
	END AS destinations_gone,
	p.seal, p.fingerprint, p.tool AS tool_version, p.problem, p.this_session
FROM placed p;

CREATE VIEW v_past_destination AS
WITH last AS (SELECT audit, (SELECT max(q.audit) FROM past q WHERE q.this_session = 0 AND q.problem IS NULL) AS before
	FROM past WHERE this_session = 1)
SELECT d.destination, sum(d.attempts) AS attempts, count(*) AS audits, min(d.audit) AS first_audit, max(d.audit) AS last_audit,
	CASE WHEN max(d.audit) = l.audit AND min(d.audit) = l.audit THEN 'new'
		WHEN max(d.audit) = l.audit THEN 'known'
		WHEN max(d.audit) = l.before THEN 'gone'
		ELSE 'gone before' END AS state
FROM past_destination d, last l
WHERE l.before IS NOT NULL
GROUP BY d.destination;

-- What this audit found, of the kinds that are compared with the last ones. High ports are
-- drawn anew each time, and are one place of their program.
CREATE VIEW v_audit_fact AS
SELECT 'destination' AS kind, substr(coalesce(g.name,
		(SELECT min(n.name) FROM flow f JOIN name n ON n.flow = f.id WHERE f.dst = g.dst AND n.name <> ''),
		(SELECT r.name FROM resolved r WHERE r.address = g.dst ORDER BY r.time_ns, r.name LIMIT 1),
		nullif(g.dst, ''), 'not known'), 1, 255) AS name, '' AS value
FROM (SELECT DISTINCT name, dst FROM attempt WHERE suite = 0 AND in_session = 1 AND (leaves = 1 OR class IS NULL)) g
UNION
SELECT 'listener', proto || ' ' || address || CASE WHEN port >= 32768 THEN ' high port' ELSE ' port ' || port END || ' ' || coalesce(process, 'unknown'), ''
FROM posture_listener WHERE coalesce(process, '') NOT LIKE 'airgap-%'
UNION
SELECT kind, name, value FROM audit_fact
UNION
SELECT 'program', i.path, i.sha256 FROM process p JOIN image i ON i.id = p.image
WHERE i.sha256 IS NOT NULL AND (p.in_cgroup = 1 OR p.in_tree = 1)
UNION
SELECT 'setting', trim(s.subject || ' ' || s.name) || ' in ' || s.path, s.value FROM posture_setting s
WHERE s.what LIKE 'editor-%' OR s.what LIKE 'client-%' OR s.what LIKE '%-server' OR s.what LIKE 'doh-%' OR s.what LIKE 'ufw-%'
	OR s.what IN ('resolv-conf', 'hosts')
UNION
SELECT 'setting', 'firewall ' || i.what || ' ' || c.family || ' ' || c.name || coalesce(' ' || c.hook, ''), c.policy
FROM posture_chain c JOIN posture_item i ON i.source = c.source AND i.record = c.record
UNION
SELECT 'setting', 'firewall ' || i.what || ' ' || r.family || ' ' || r.chain || ': rules that ' || r.verdict, CAST(count(*) AS TEXT)
FROM posture_rule r JOIN posture_item i ON i.source = r.source AND i.record = r.record GROUP BY i.what, r.family, r.chain, r.verdict
UNION
SELECT 'coverage', w.name, CAST(coalesce((SELECT sum(max(u.to_ns - max(u.from_ns, coalesce(u.before, 0)), 0)) FROM (
		-- spans overlap where a round of canaries ended after the next began
		SELECT max(c.from_ns, v.from_ns) AS from_ns, min(c.to_ns, v.to_ns) AS to_ns,
			max(min(c.to_ns, v.to_ns)) OVER (ORDER BY c.from_ns, c.to_ns ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
		FROM coverage c WHERE c.witness = w.name AND c.state = 'seeing') u), 0) * 1000 / (v.to_ns - v.from_ns) AS TEXT)
FROM witness w, (SELECT CAST((SELECT value FROM session WHERE name = 'watch_from_ns') AS INTEGER) AS from_ns,
	CAST((SELECT value FROM session WHERE name = 'watch_to_ns') AS INTEGER) AS to_ns) v
WHERE w.required = 1 AND w.name <> 'applog' AND v.to_ns > v.from_ns;

-- Beside what the last audits found: what they found last of each name is what counts.
CREATE VIEW v_audit_change AS
WITH latest AS (
	SELECT kind, name, value, last_ns FROM (SELECT k.*, max(last_ns) OVER (PARTITION BY kind, name) AS at FROM audit_known k) WHERE last_ns = at
), basis AS (SELECT last_ended_ns FROM audit_run WHERE last IS NOT NULL AND forgotten IS NULL)
SELECT f.kind, f.name, f.value, (SELECT group_concat(l.value, ', ') FROM latest l WHERE l.kind = f.kind AND l.name = f.name) AS before,
	CASE WHEN EXISTS (SELECT 1 FROM latest l WHERE l.kind = f.kind AND l.name = f.name) THEN 'changed' ELSE 'new' END AS change
FROM basis, v_audit_fact f
WHERE f.kind <> 'coverage' AND NOT EXISTS (SELECT 1 FROM latest l WHERE l.kind = f.kind AND l.name = f.name AND l.value = f.value)
UNION ALL
SELECT l.kind, l.name, NULL, l.value, 'gone'
FROM basis b JOIN latest l ON l.last_ns = b.last_ended_ns
WHERE l.kind = 'setting' AND EXISTS (SELECT 1 FROM posture_item)
	AND NOT EXISTS (SELECT 1 FROM v_audit_fact f WHERE f.kind = l.kind AND f.name = l.name)
UNION ALL
SELECT l.kind, l.name, f.value, l.value, 'worse'
FROM basis b JOIN latest l ON l.last_ns = b.last_ended_ns LEFT JOIN v_audit_fact f ON f.kind = l.kind AND f.name = l.name
WHERE l.kind = 'coverage' AND coalesce(CAST(f.value AS INTEGER), 0) + 50 <= CAST(l.value AS INTEGER);

CREATE VIEW v_challenge AS
SELECT c.id, c.probe, c.result,
       CASE c.result WHEN 'arrived' THEN 'the sink sent the token back'
         WHEN 'left' THEN 'a packet left' || coalesce(' by ' || f.iface, '')
           || CASE WHEN f.packets_in > 0 OR c.answer = 'other' THEN ' and was answered' ELSE '' END
         WHEN 'stopped' THEN CASE WHEN c.call = 'process' THEN 'with its process'
           WHEN c.errno <> 0 AND c.call = 'socket' THEN 'no socket was given'
           WHEN c.errno IN (104, 111) OR c.answer = 'other' THEN 'on this machine, which answered in the place of the sink'
           WHEN c.errno NOT IN (0, 110) THEN 'at the call'
           ELSE 'between the call and the wire' END
         WHEN 'unknown' THEN 'no packet was seen, but packets were not seen all the time'
         ELSE c.skipped END AS stopped_at,
       CASE WHEN c.result = 'arrived' THEN 'sink' WHEN c.flow IS NOT NULL THEN 'packets'
         WHEN c.egress IS NOT NULL OR a.left_machine = 1 THEN 'kernel (egress)'
         WHEN c.attempt IS NOT NULL THEN 'kernel (call)' WHEN c.result IS NOT NULL THEN 'prober' END AS last_witness,
       (SELECT group_concat(l.layer, ', ') FROM (SELECT layer FROM claim WHERE probe = c.probe ORDER BY layer) l) AS claimed_by,
       c.proto, c.dst, c.dport, c.sport, c.pid, c.from_ns, c.to_ns, c.call, c.errno, c.answer, c.detail, c.skipped,
       c.attempt AS attempt_id, c.flow AS flow_id
FROM challenge c
LEFT JOIN attempt a ON a.id = c.attempt
LEFT JOIN flow f ON f.id = c.flow;

CREATE VIEW v_claim AS
SELECT l.layer, l.probe, CASE c.result WHEN 'stopped' THEN 'holds' WHEN 'left' THEN 'broken' WHEN 'arrived' THEN 'broken'
         ELSE 'not shown' END AS state, c.stopped_at, c.last_witness
FROM claim l
LEFT JOIN v_challenge c ON c.probe = l.probe;

CREATE VIEW v_model_run AS
SELECT r.model, r.digest, r.quantisation, r.tier, r.problem_set, r.pass_at_1, r.interval_low, r.interval_high,
       r.tokens_per_s, r.first_token_ms, r.vram_bytes, r.prompt_tokens_per_s,
       s.path AS source, r.tasks, r.samples, r.passed, r.server_errors, r.bootstrap_low, r.bootstrap_high,
       r.pass_at_5, r.pass_at_5_tasks, r.pass_at_10, r.pass_at_10_tasks, r.outcomes,
       v.repeats, v.rate_from, v.tokens_per_s_sd, v.tokens_per_s_p95, v.first_token_ms_sd, v.first_token_ms_p95,
       v.prompt_rate_from, v.prompt_tokens_per_s_sd, v.prompt_tokens_per_s_p95, v.load_ms, v.cold_first_token_ms,
       v.context, v.spilled, v.joules_per_token, v.joules_from,
       (SELECT m.verdict FROM model_verdict m WHERE m.source = r.source AND m.model = r.model
        ORDER BY m.verdict = 'FAIL' DESC, m.verdict = 'INCONCLUSIVE' DESC LIMIT 1) AS verdict
FROM model_run r
JOIN source s ON s.id = r.source
LEFT JOIN model_speed v ON v.source = r.source AND v.model = r.model;

CREATE VIEW v_model_group AS
SELECT g.model, g.problem_set, g.grouped_by, g.name, g.tasks, g.samples, g.passed, g.pass_at_1,
       g.interval_low, g.interval_high, g.bootstrap_low, g.bootstrap_high, s.path AS source
FROM model_group g
JOIN source s ON s.id = g.source;

CREATE VIEW v_model_task AS
SELECT t.model, t.problem_set, t.task, t.language, t.difficulty, t.samples, t.passed, t.server_errors, t.outcomes,
       t.tokens, t.total_ns, s.path AS source
FROM model_task t
JOIN source s ON s.id = t.source;

CREATE VIEW v_model_pair AS
SELECT p.model_a, p.model_b, p.problem_set, p.tasks, p.both, p.only_a, p.only_b, p.neither, p.p_exact, p.p_mid,
       s.path AS source
FROM model_pair p
JOIN source s ON s.id = p.source;

CREATE VIEW v_model_verdict AS
SELECT v.model, v.criterion, v.wanted, v.measured, v.low, v.high, v.verdict, v.why, v.remedy, s.path AS source
FROM model_verdict v
JOIN source s ON s.id = v.source;

CREATE VIEW v_published AS
SELECT model, benchmark, variant, pass_at_1, precision, prompt_mode, published, title FROM published;

CREATE VIEW v_artifact AS
SELECT path, size, sha256, what, collected_ns FROM artifact;

CREATE VIEW v_posture AS
SELECT r.id, r.check_id, r.title, r.subject, r.state, r.severity, r.looked_at, r.found, r.why, r.remedy,
       s.path AS source, r.record
FROM posture_result r
LEFT JOIN source s ON s.id = r.source;

-- What the checks of posture ask for. Not part of the surface.
CREATE VIEW posture_product AS
SELECT DISTINCT subject FROM posture_item
WHERE subject <> '' AND scope <> 'policy' AND state IN ('there', 'read', 'cut', 'denied')
  AND what NOT IN ('system', 'client-env', 'nft-file', 'iptables-file', 'ip6tables-file', 'ufw-conf', 'ufw-default',
    'ufw-rules', 'ufw-rules6', 'firewalld-direct', 'pf-conf');

CREATE VIEW posture_process AS
SELECT i.source, i.record, cast(p.value AS INTEGER) AS pid, c.value AS comm, a.value AS args, e.value AS environment
FROM posture_item i
JOIN posture_fact p ON p.source = i.source AND p.record = i.record AND p.name = 'pid'
LEFT JOIN posture_fact c ON c.source = i.source AND c.record = i.record AND c.name = 'comm'
LEFT JOIN posture_fact a ON a.source = i.source AND a.record = i.record AND a.name = 'args'
LEFT JOIN posture_fact e ON e.source = i.source AND e.record = i.record AND e.name = 'environment'
WHERE i.what = 'process';

-- Settings by product, wherever they stand; variables of the environment as "env.NAME".
CREATE VIEW posture_setting AS
SELECT i.subject, i.what, i.scope, i.path, f.source, f.record,
       CASE WHEN i.what IN ('environment', 'client-env') THEN 'env.' || f.name ELSE f.name END AS name, f.value, f.reach, f.host
FROM posture_fact f
JOIN posture_item i ON i.source = f.source AND i.record = f.record;

-- Names that this machine gives an address itself; all that stands there for one counts.
CREATE VIEW posture_host AS
SELECT lower(name) AS name, min(reach = 'loopback') AS is_local,
       coalesce(min(CASE WHEN reach <> 'loopback' THEN value END), min(value)) AS address
FROM posture_setting WHERE what = 'hosts' GROUP BY lower(name);

-- Rulesets in force, as far as they could be seen; those for what goes out.
CREATE VIEW posture_rules AS
SELECT w.hook, w.family, w.outcome, w.why, w.holes, w.wide, w.hole, w.source, w.record, i.what
FROM posture_way w
JOIN posture_item i ON i.source = w.source AND i.record = w.record
WHERE i.what IN ('nft', 'iptables', 'ip6tables', 'netsh')
   OR (i.what = 'ufw' AND NOT EXISTS (SELECT 1 FROM posture_item x WHERE x.what IN ('nft', 'iptables') AND x.state IN ('read', 'recorded'))
       AND (w.family = '4' OR NOT EXISTS (SELECT 1 FROM posture_setting s WHERE s.what = 'ufw-default' AND s.name = 'IPV6' AND lower(s.value) = 'no')))
   OR (i.what = 'pf-rules' AND EXISTS (SELECT 1 FROM posture_setting s WHERE s.what = 'pf-info' AND s.name = 'Status:' AND s.value LIKE 'Enabled%'));

CREATE VIEW posture_live AS SELECT * FROM posture_rules WHERE hook = 'output';

-- One row a family: how it stands with what goes out.
CREATE VIEW posture_family AS
SELECT f.family, CASE f.family WHEN '4' THEN 'IPv4' ELSE 'IPv6' END AS name,
       CASE
         WHEN f.family = '6' AND EXISTS (SELECT 1 FROM posture_item WHERE what = 'route6' AND state = 'absent')
           AND EXISTS (SELECT 1 FROM posture_item WHERE what = 'route4' AND state = 'read') THEN 'nothing'
         WHEN EXISTS (SELECT 1 FROM posture_live l WHERE l.family = f.family AND l.outcome = 'denied') THEN 'denied'
         WHEN EXISTS (SELECT 1 FROM posture_live l WHERE l.family = f.family AND l.outcome = 'unsure') THEN 'unsure'
         WHEN EXISTS (SELECT 1 FROM posture_item WHERE what IN ('nft', 'iptables', 'ip6tables', 'pf-rules', 'netsh') AND state IN ('failed', 'denied', 'cut')) THEN 'unsure'
         WHEN EXISTS (SELECT 1 FROM posture_item WHERE what IN ('nft', 'iptables', 'ip6tables', 'pf-rules', 'netsh', 'ufw') AND state IN ('read', 'recorded')) THEN 'open'
         ELSE 'unseen' END AS state,
       coalesce((SELECT l.holes FROM posture_live l WHERE l.family = f.family AND l.outcome = 'denied' ORDER BY l.wide, l.holes LIMIT 1), 0) AS holes,
       coalesce((SELECT min(l.wide) FROM posture_live l WHERE l.family = f.family AND l.outcome = 'denied'), 0) AS wide
FROM (SELECT '4' AS family UNION ALL SELECT '6') f;

CREATE VIEW posture_closed AS
SELECT NOT EXISTS (SELECT 1 FROM posture_family WHERE state NOT IN ('denied', 'nothing') OR holes > 0) AS closed;

-- How findings speak of an attempt: when, who, and where to. Not part of the surface.
CREATE VIEW told_attempt AS
SELECT a.id, strftime('%Y-%m-%d %H:%M:%S', a.time_ns / 1000000000, 'unixepoch')
         || printf('.%03d UTC', a.time_ns / 1000000 % 1000) AS at,
       coalesce(nullif(a.comm, ''), 'a process without a name') || ' (pid ' || coalesce(a.pid, '?')
         || CASE WHEN p.exe IS NOT NULL THEN ', ' || p.exe ELSE '' END || ')' AS who,
       coalesce(nullif(a.dst, ''), 'an unknown destination')
         || CASE WHEN a.dport IS NOT NULL THEN ' port ' || a.dport ELSE '' END || ' over ' || a.proto AS destination,
       CASE a.outcome WHEN 'ok' THEN CASE WHEN a.proto = 'tcp' THEN 'the connection was made' ELSE 'it was sent' END
         WHEN 'pending' THEN 'no answer was seen'
         WHEN 'refused' THEN 'the other side refused'
         WHEN 'unreachable' THEN 'there was no way to it'
         WHEN 'denied' THEN 'this machine denied it'
         WHEN 'timeout' THEN 'nobody answered'
         ELSE 'outcome ' || a.outcome END
         || CASE WHEN a.bytes_out > 0 THEN ', ' || a.bytes_out || ' bytes sent' ELSE '' END AS outcome,
       coalesce(p.exe, a.comm, '') AS program, s.path AS file, a.record
FROM attempt a
JOIN source s ON s.id = a.source
LEFT JOIN process p ON p.id = a.process;
