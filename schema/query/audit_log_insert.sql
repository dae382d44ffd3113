INSERT INTO audit_log (source, record, name, path, trail, from_byte, problem) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
