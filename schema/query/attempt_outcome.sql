-- What an attempt came to, and the bytes of one more send.
UPDATE attempt
SET outcome = ?2, errno = ?3,
    bytes_out = CASE WHEN ?4 IS NULL THEN bytes_out ELSE coalesce(bytes_out, 0) + ?4 END
WHERE id = ?1;
