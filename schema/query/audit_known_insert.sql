INSERT OR IGNORE INTO audit_known (source, record, kind, name, value, first_ns, last_ns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
