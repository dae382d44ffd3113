INSERT INTO match (outcome, attempt, flow, app_event, offset_ns, rule, log)
VALUES (?1, ?2, (SELECT id FROM flow WHERE attempt = ?2 ORDER BY id LIMIT 1), ?3, ?4, ?5, ?6);
