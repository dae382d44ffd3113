INSERT INTO posture_item (source, record, what, subject, scope, path, state, problem) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
