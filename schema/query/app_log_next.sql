-- The next copied log that is to agree with the machine.
SELECT id, copy, copied_from, before_bytes, after_bytes FROM app_log
WHERE id > ?1 AND copy IS NOT NULL AND role = 'audit' ORDER BY id LIMIT 1;
