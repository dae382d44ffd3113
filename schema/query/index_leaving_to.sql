CREATE INDEX IF NOT EXISTS attempt_leaving_to ON attempt (coalesce(dst, ''), coalesce(dport, -1), proto) WHERE leaves = 1;
