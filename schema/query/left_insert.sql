INSERT INTO left_process (pid, comm) VALUES (coalesce(?1, 0), coalesce(?2, ''));
