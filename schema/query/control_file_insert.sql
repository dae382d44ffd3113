INSERT INTO control_file (path, sha256, text) VALUES (?1, ?2, ?3);
