UPDATE attempt SET sport = ?2 WHERE id = ?1 AND sport IS NULL;
