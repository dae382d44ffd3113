UPDATE attempt SET vector = ?2 WHERE id = ?1;
