INSERT OR IGNORE INTO host_role (address, role, from_ns) VALUES (?1, ?2, ?3);
