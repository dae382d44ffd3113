-- A log that tells both tells which address it took the name for, then or a little before.
INSERT OR IGNORE INTO answer (address, time_ns, until_ns, name, how)
SELECT e.dst, e.time_ns - 5000000000 - l.time_slack_ns, e.time_ns + 5000000000 + l.time_slack_ns, e.host, 'log'
FROM app_event e JOIN app_log l ON l.id = e.log
WHERE e.dst <> '' AND e.host <> '' AND e.host <> e.dst;
