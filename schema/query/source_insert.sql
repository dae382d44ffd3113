INSERT INTO source (path, reader, size, sha256) VALUES (?1, ?2, 0, '');
