INSERT OR REPLACE INTO artifact (path, size, sha256, what) VALUES (?1, ?2, ?3, ?4);
