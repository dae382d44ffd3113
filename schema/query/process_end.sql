-- The process ended, or went on as another program (then without a status).
UPDATE process SET last_ns = ?2, status = coalesce(?3, status) WHERE id = ?1;
