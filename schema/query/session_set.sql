INSERT OR REPLACE INTO session (name, value) VALUES (?1, ?2);
