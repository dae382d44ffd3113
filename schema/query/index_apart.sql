-- What neither leaves this machine nor speaks to an address of it: files, sockets without a destination.
CREATE INDEX IF NOT EXISTS attempt_apart ON attempt (in_session) WHERE leaves = 0 AND coalesce(class, '') NOT IN ('loopback', 'own');
