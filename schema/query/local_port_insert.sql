INSERT OR REPLACE INTO local_port (port, vector, rule, confidence) VALUES (?1, ?2, ?3, ?4);
