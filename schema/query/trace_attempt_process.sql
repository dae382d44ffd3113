UPDATE attempt SET process = ?2 WHERE id = ?1;
