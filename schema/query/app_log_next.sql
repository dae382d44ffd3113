-- The next copied log that is to be read: one that is to agree with the machine, or of the time before.
SELECT id, copy, copied_from, before_bytes, after_bytes FROM app_log
WHERE id > ?1 AND copy IS NOT NULL AND role IN ('audit', 'since') ORDER BY id LIMIT 1;
