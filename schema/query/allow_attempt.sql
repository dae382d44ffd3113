UPDATE attempt SET allowed = 1 WHERE id = ?1;
