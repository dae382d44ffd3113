SELECT id, path, round, at_byte, size FROM tool_run WHERE id > ?1 AND path IS NOT NULL ORDER BY id LIMIT 1;
