INSERT INTO capture_file (source, place, packets) VALUES (?1, ?2, ?3);
