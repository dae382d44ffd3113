INSERT OR IGNORE INTO canary_seen (canary, witness) VALUES (?1, ?2);
