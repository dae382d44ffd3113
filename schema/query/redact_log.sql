-- What a copied log was read as.
SELECT id, copied_from, before_bytes, other, CASE WHEN lines = 0 AND after_bytes > before_bytes THEN 1 ELSE unread END FROM app_log WHERE copy = ?1 AND role = 'audit' ORDER BY id LIMIT 1;
