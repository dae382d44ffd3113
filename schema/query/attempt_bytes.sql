-- Bytes of the application that a TCP connection carried.
UPDATE attempt SET bytes_out = ?2, bytes_in = ?3 WHERE id = ?1;
