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
       CASE WHEN f.dir IS NOT NULL THEN f.dir_how ELSE coalesce(x.how, y.how, f.dir_how) END AS dir_how
FROM flow f
JOIN source s ON s.id = f.source
LEFT JOIN capture_host x ON x.source = f.source AND x.address = f.src
LEFT JOIN capture_host y ON y.source = f.source AND y.address = f.dst
LEFT JOIN attempt a ON a.id = f.attempt
LEFT JOIN process p ON p.id = a.process;

CREATE VIEW v_attempt AS
SELECT a.id, a.time_ns, a.witness, a.call, a.proto, a.dst, a.dport, a.outcome, a.errno, a.pid, a.tid,
       p.ppid, a.uid, a.comm, p.exe, i.sha256 AS exe_sha256, a.in_session, a.class, a.vector,
       a.src, a.sport, a.bytes_out, a.bytes_in, a.left_machine, a.allowed, a.leaves,
       a.in_cgroup, a.in_tree
FROM attempt a
LEFT JOIN process p ON p.id = a.process
LEFT JOIN image i ON i.id = p.image
WHERE a.suite = 0;

CREATE VIEW v_dns AS
SELECT d.id, s.path AS source, d.time_ns, d.client, d.server, d.sport, d.dport, d.transport,
       d.query_id, d.qname, d.qtype, d.rcode, d.answers, d.flow AS flow_id,
       CASE WHEN d.dir IS NOT NULL THEN d.dir WHEN x.address IS NOT NULL AND y.address IS NOT NULL THEN 'local'
         WHEN x.address IS NOT NULL THEN 'out' WHEN y.address IS NOT NULL THEN 'in' END AS dir, d.vector,
       d.pid, d.in_session
FROM dns d
JOIN source s ON s.id = d.source
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
       e.until_ns, e.count, l.clock_state, l.clock_offset_ns, l.clock_drift_ppb, l.clock_confidence
FROM app_event e
JOIN app_log l ON l.id = e.log;

CREATE VIEW v_coverage AS
SELECT witness, from_ns, to_ns, state, lost, NULL AS source FROM coverage
UNION ALL
SELECT 'capture', c.first_ns, c.last_ns, CASE WHEN c.lost > 0 THEN 'lost' ELSE 'seeing' END, c.lost, c.path
FROM (SELECT s.path, s.first_ns, s.last_ns,
             coalesce((SELECT sum(k.count) FROM skipped k WHERE k.source = s.id), 0) AS lost
      FROM source s WHERE s.reader IN ('pcap', 'pcapng')) c
UNION ALL -- of a trace, events that are of no matter here are no loss
SELECT 'etw', t.first_ns, t.last_ns, CASE WHEN t.lost > 0 THEN 'lost' ELSE 'seeing' END, t.lost, t.path
FROM (SELECT s.path, s.first_ns, s.last_ns,
             coalesce((SELECT sum(k.count) FROM skipped k WHERE k.source = s.id AND k.reason NOT LIKE '% not read'), 0) AS lost
      FROM source s WHERE s.reader = 'etl') t;

CREATE VIEW v_match AS
SELECT outcome, attempt AS attempt_id, flow AS flow_id, app_event AS app_event_id, offset_ns, rowid AS id, rule, log AS log_id
FROM match;

CREATE VIEW v_finding AS
SELECT id, severity, check_id, title, detail, evidence, vector, remedy, effect FROM finding;

CREATE VIEW v_control AS
SELECT framework, control, objective, evidence_kind, strength, status AS status_text,
       findings AS finding_ids
FROM control;

CREATE VIEW v_model_run AS
SELECT model, digest, quantisation, tier, problem_set, pass_at_1, interval_low, interval_high,
       tokens_per_s, first_token_ms, vram_bytes, prompt_tokens_per_s
FROM model_run;

CREATE VIEW v_artifact AS
SELECT path, size, sha256, what, collected_ns FROM artifact;

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
