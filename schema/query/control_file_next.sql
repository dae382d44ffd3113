SELECT id, path, text FROM control_file WHERE id > ?1 ORDER BY id LIMIT 1;
