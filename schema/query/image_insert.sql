INSERT OR REPLACE INTO image (id, path, size, sha256, problem) VALUES (?1, coalesce(?2, ''), ?3, ?4, ?5);
