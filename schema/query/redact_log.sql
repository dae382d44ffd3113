-- What a copied log was read as.
SELECT id, copied_from, before_bytes, lines, events, other, unread FROM app_log WHERE copy = ?1 AND role = 'audit' ORDER BY id LIMIT 1;
