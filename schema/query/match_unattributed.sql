INSERT INTO match (outcome, attempt, flow, app_event, offset_ns, rule, log)
SELECT 'unattributed', NULL, id, NULL, NULL, 'no_process', NULL FROM flow WHERE explained IS NULL AND dir IS NOT 'local' ORDER BY id;
