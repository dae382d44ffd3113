-- SPDX-License-Identifier: Apache-2.0
-- The public surface: columns in the order of airgap-verify-formats(5), the same on both
-- engines. What is called v_fleet_… is of the hosts together, the others are those of audit.db
-- with the host and the SHA-256 of the bundle in front.

CREATE VIEW v_attempt AS
SELECT h.name AS host, b.sha256 AS bundle, a.id, a.time_ns, k.witness, k.call, k.proto, t.dst, t.dport, k.outcome, k.errno,
       a.pid, a.tid, a.ppid, k.uid, k.comm, k.exe, k.exe_sha256, t.in_session, t.class, t.vector,
       a.src, a.sport, a.bytes_out, a.bytes_in, k.left_machine, t.allowed, t.leaves, t.name
FROM attempt a
JOIN bundle b ON b.host = a.host AND b.number = a.bundle
JOIN host h ON h.host = a.host
JOIN actor k ON k.host = a.host AND k.month = a.month AND k.bundle = a.bundle AND k.id = a.actor
JOIN target t ON t.host = a.host AND t.month = a.month AND t.bundle = a.bundle AND t.id = a.target;

CREATE VIEW v_dns AS
SELECT h.name AS host, b.sha256 AS bundle, l.id, l.source, l.time_ns, l.client, l.server, l.sport, l.dport, l.transport,
       l.query_id, l.qname, l.qtype, l.rcode, l.answers, l.dir, l.in_session, l.class, l.vector
FROM lookup l
JOIN bundle b ON b.host = l.host AND b.number = l.bundle
JOIN host h ON h.host = l.host;

CREATE VIEW v_finding AS
SELECT h.name AS host, b.sha256 AS bundle, f.id, f.severity, f.check_id, f.title, f.detail, f.evidence, f.vector, f.remedy, f.effect
FROM finding f
JOIN bundle b ON b.host = f.host AND b.number = f.bundle
JOIN host h ON h.host = f.host;

CREATE VIEW v_coverage AS
SELECT h.name AS host, b.sha256 AS bundle, c.witness, c.from_ns, c.to_ns, c.state, c.lost, c.source
FROM coverage c
JOIN bundle b ON b.host = c.host AND b.number = c.bundle
JOIN host h ON h.host = c.host;

CREATE VIEW v_control AS
SELECT h.name AS host, b.sha256 AS bundle, c.framework, c.control, c.objective, c.evidence_kind, c.strength, c.status_text,
       c.finding_ids, c.title
FROM control c
JOIN bundle b ON b.host = c.host AND b.number = c.bundle
JOIN host h ON h.host = c.host;

-- Each night of a host, with the worst verdict of its bundles.
CREATE VIEW v_fleet_night AS
SELECT h.name AS host, n.night, n.bundles,
       CASE n.worst WHEN 2 THEN 'FAIL' WHEN 1 THEN 'INCONCLUSIVE' ELSE 'PASS' END AS verdict,
       n.began_ns, n.ended_ns, n.attempts, n.leaving, n.lookups, n.failing, n.undecided, n.seen_permille
FROM (SELECT host, night, count(*) AS bundles,
             max(CASE verdict WHEN 'FAIL' THEN 2 WHEN 'PASS' THEN 0 ELSE 1 END) AS worst,
             min(began_ns) AS began_ns, max(ended_ns) AS ended_ns, CAST(sum(attempts) AS {long}) AS attempts,
             CAST(sum(leaving) AS {long}) AS leaving, CAST(sum(lookups) AS {long}) AS lookups,
             CAST(sum(failing) AS {long}) AS failing, CAST(sum(undecided) AS {long}) AS undecided,
             min(seen_permille) AS seen_permille
      FROM bundle GROUP BY host, night) n
JOIN host h ON h.host = n.host;

-- From one night to the next; next_ns is NULL behind the last. Not part of the surface, nor
-- are the four below.
CREATE VIEW fleet_gap AS
SELECT host, night, began_ns, lead(began_ns) OVER (PARTITION BY host ORDER BY began_ns) AS next_ns
FROM (SELECT host, night, min(began_ns) AS began_ns FROM bundle GROUP BY host, night) n;

-- How far the nights of a host lie apart: the median, where there are two such spans; else NULL. A row a host, so that
-- what is joined with it stays small.
CREATE VIEW fleet_own AS
SELECT host, max(CASE WHEN spans >= 2 AND place = (spans + 1) / 2 THEN span_ns END) AS own_ns
FROM (SELECT host, next_ns - began_ns AS span_ns,
             row_number() OVER (PARTITION BY host ORDER BY next_ns - began_ns) AS place,
             count(*) OVER (PARTITION BY host) AS spans
      FROM fleet_gap WHERE next_ns IS NOT NULL) s
GROUP BY host;

-- How far they usually lie apart, for each host: one that has too few nights to tell is held to what is
-- usual of the others (their median), else to a day. Without that one that stops early is never missed.
CREATE VIEW fleet_usual AS
SELECT h.host, coalesce(o.own_ns, (SELECT own_ns
                                   FROM (SELECT own_ns, row_number() OVER (ORDER BY own_ns) AS place, count(*) OVER () AS hosts
                                         FROM fleet_own WHERE own_ns IS NOT NULL) m
                                   WHERE place = (hosts + 1) / 2), 86400000000000) AS usual_ns
FROM host h
LEFT JOIN fleet_own o ON o.host = h.host;

-- When the next night should have begun, and when it was overdue.
CREATE VIEW fleet_due AS
SELECT g.host, g.night, g.began_ns, g.next_ns, g.began_ns + u.usual_ns AS wanted_ns,
       g.began_ns + u.usual_ns + u.usual_ns / 2 AS due_ns
FROM fleet_gap g
JOIN fleet_usual u ON u.host = g.host;

-- Everything that stands out but silence, which depends on what time it is.
CREATE VIEW fleet_alarm AS
SELECT h.name AS host, 'rolled_back' AS kind, 'FAIL' AS severity, b.began_ns AS time_ns, b.night, b.sha256 AS bundle,
       'it ended before one that had come in earlier began' AS detail
FROM bundle b
JOIN host h ON h.host = b.host
WHERE EXISTS (SELECT 1 FROM bundle e WHERE e.host = b.host AND e.number < b.number AND e.began_ns > b.ended_ns)
UNION ALL
SELECT h.name, 'key_changed', 'NOTE', b.began_ns, b.night, b.sha256,
       'signed by another certificate than the one before it; believed by ' || b.vouched
FROM bundle b
JOIN host h ON h.host = b.host
JOIN bundle p ON p.host = b.host AND p.number = b.number - 1
WHERE p.fingerprint <> b.fingerprint
UNION ALL
SELECT h.name, 'clock_changed', 'INCONCLUSIVE', b.began_ns, b.night, b.sha256, 'the clock was set while it was watched'
FROM bundle b
JOIN host h ON h.host = b.host
WHERE EXISTS (SELECT 1 FROM finding f WHERE f.host = b.host AND f.month = b.month AND f.bundle = b.number AND f.check_id = 'clock_step')
UNION ALL
SELECT h.name, 'clock_changed', 'INCONCLUSIVE', b.began_ns, b.night, b.sha256,
       'by its clock it was sealed later than an authority stamped it, or than it came in here'
FROM bundle b
JOIN host h ON h.host = b.host
WHERE b.sealed_ns > b.added_ns + 300000000000 OR b.sealed_ns > b.stamp_ns + 300000000000
UNION ALL
SELECT r.host, CASE r.kind WHEN 'key' THEN 'key_changed' WHEN 'again' THEN 'rolled_back' ELSE 'refused' END,
       CASE r.kind WHEN 'untold' THEN 'INCONCLUSIVE' ELSE 'FAIL' END, coalesce(r.began_ns, r.refused_ns),
       {day} coalesce(r.began_ns, r.refused_ns) {/day}, r.sha256, r.path || ': ' || r.why
FROM refused r;

CREATE VIEW v_fleet_alarm AS
SELECT host, kind, severity, time_ns, night, bundle, detail FROM fleet_alarm
UNION ALL
SELECT h.name, 'silent', 'INCONCLUSIVE', d.wanted_ns, {day} d.wanted_ns {/day}, CAST(NULL AS TEXT),
       'nothing came for half as long again as usual, since the night of ' || d.night
FROM fleet_due d
JOIN host h ON h.host = d.host
WHERE coalesce(d.next_ns, {now}) > d.due_ns;

-- A row a host, also of one of which nothing was taken in.
CREATE VIEW v_fleet_host AS
SELECT h.name AS host, h.fingerprint, h.pinned, coalesce(n.bundles, 0) AS bundles, coalesce(n.nights, 0) AS nights,
       n.began_ns AS first_ns, n.ended_ns AS last_ns, l.night AS last_night, l.verdict AS last_verdict,
       coalesce(n.passed, 0) AS nights_pass, coalesce(n.failed, 0) AS nights_fail, coalesce(n.open, 0) AS nights_inconclusive,
       u.usual_ns, d.due_ns, coalesce(n.attempts, 0) AS attempts, coalesce(n.leaving, 0) AS leaving,
       (SELECT count(*) FROM refused r WHERE r.host = h.name) AS refused
FROM (SELECT host, name, fingerprint, pinned FROM host
      UNION ALL
      SELECT CAST(NULL AS {int}), r.host, CAST(NULL AS TEXT), CAST(NULL AS TEXT) FROM refused r
      WHERE r.host IS NOT NULL AND NOT EXISTS (SELECT 1 FROM host k WHERE k.name = r.host) GROUP BY r.host) h
LEFT JOIN (SELECT host, CAST(sum(bundles) AS {long}) AS bundles, count(*) AS nights, min(began_ns) AS began_ns, max(ended_ns) AS ended_ns,
                  max(night) AS last_night,
                  count(CASE verdict WHEN 'PASS' THEN 1 END) AS passed, count(CASE verdict WHEN 'FAIL' THEN 1 END) AS failed,
                  count(CASE verdict WHEN 'INCONCLUSIVE' THEN 1 END) AS open,
                  CAST(sum(attempts) AS {long}) AS attempts, CAST(sum(leaving) AS {long}) AS leaving
           FROM v_fleet_night GROUP BY host) n ON n.host = h.name
LEFT JOIN v_fleet_night l ON l.host = h.name AND l.night = n.last_night
LEFT JOIN fleet_usual u ON u.host = h.host
LEFT JOIN fleet_due d ON d.host = h.host AND d.next_ns IS NULL;

-- Where the sessions of all tried to go, by name where one is known.
CREATE VIEW v_fleet_destination AS
SELECT coalesce(t.name, nullif(t.dst, ''), 'not known') AS destination, count(DISTINCT t.host) AS hosts,
       count(DISTINCT b.night) AS nights, CAST(sum(t.attempts) AS {long}) AS attempts,
       CAST(sum(CASE WHEN t.leaves = 1 THEN t.attempts ELSE 0 END) AS {long}) AS leaving,
       CAST(sum(CASE WHEN t.leaves = 1 AND t.allowed = 1 THEN t.attempts ELSE 0 END) AS {long}) AS allowed,
       min(t.first_ns) AS first_ns, max(t.last_ns) AS last_ns
FROM target t
JOIN bundle b ON b.host = t.host AND b.number = t.bundle
WHERE t.in_session = 1
GROUP BY coalesce(t.name, nullif(t.dst, ''), 'not known');

CREATE VIEW v_fleet_vector AS
SELECT coalesce(t.vector, 'none') AS vector, count(DISTINCT t.host) AS hosts, count(DISTINCT b.night) AS nights,
       CAST(sum(t.attempts) AS {long}) AS attempts,
       CAST(sum(CASE WHEN t.allowed = 1 THEN t.attempts ELSE 0 END) AS {long}) AS allowed,
       min(t.first_ns) AS first_ns, max(t.last_ns) AS last_ns
FROM target t
JOIN bundle b ON b.host = t.host AND b.number = t.bundle
WHERE t.in_session = 1 AND t.leaves = 1
GROUP BY coalesce(t.vector, 'none');

CREATE VIEW v_fleet_finding AS
SELECT f.check_id, f.effect, f.severity, min(f.title) AS title, count(DISTINCT f.host) AS hosts, count(DISTINCT b.night) AS nights,
       count(*) AS findings, min(b.night) AS first_night, max(b.night) AS last_night
FROM finding f
JOIN bundle b ON b.host = f.host AND b.number = f.bundle
GROUP BY f.check_id, f.effect, f.severity;

-- How the last night of each host stands with each objective.
CREATE VIEW v_fleet_control AS
SELECT c.framework, c.control, c.objective, c.evidence_kind, c.status_text, min(c.title) AS title,
       count(DISTINCT c.host) AS hosts, min(b.night) AS first_night, max(b.night) AS last_night
FROM control c
JOIN (SELECT host, number, night, row_number() OVER (PARTITION BY host ORDER BY began_ns DESC, number DESC) AS place
      FROM bundle) b ON b.host = c.host AND b.number = c.bundle
WHERE b.place = 1
GROUP BY c.framework, c.control, c.objective, c.evidence_kind, c.status_text;
