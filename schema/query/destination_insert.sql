INSERT OR REPLACE INTO destination (address, class, special) VALUES (?1, ?2, ?3);
