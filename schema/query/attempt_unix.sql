-- The destination of a socket that is not of the Internet; '@' marks an abstract name.
UPDATE attempt SET proto = ?2, dst = CASE WHEN ?4 THEN '@' ELSE '' END || ?3, own_peer = ?5 WHERE id = ?1;
