SELECT min(id) FROM flow WHERE attempt = ?1;
