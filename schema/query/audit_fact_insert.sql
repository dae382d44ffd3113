INSERT OR IGNORE INTO audit_fact (source, record, kind, name, value) VALUES (?1, ?2, ?3, ?4, ?5);
