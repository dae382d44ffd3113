INSERT INTO posture_result (check_id, title, subject, state, severity, looked_at, found, why, remedy, source, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
