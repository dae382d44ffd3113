SELECT id, path, text FROM endpoint_file WHERE id > ?1 ORDER BY id LIMIT 1;
