INSERT OR IGNORE INTO past_destination (source, audit, destination, attempts) VALUES (?1, ?2, ?3, ?4);
