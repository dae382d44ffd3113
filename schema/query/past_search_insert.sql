INSERT OR IGNORE INTO past_search (source, host, place, found, left_out, problem) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
