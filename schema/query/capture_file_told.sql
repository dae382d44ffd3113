INSERT INTO capture_told (number, path, packets, size, sha256, from_ns, to_ns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
