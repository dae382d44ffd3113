INSERT OR IGNORE INTO capture_host (source, address, how, flows, of_flows) VALUES (?1, ?2, ?3, ?4, ?5);
