INSERT INTO later_process (time_ns, pid, comm, exe, by, state)
VALUES (?1, coalesce(?2, 0), coalesce(?3, ''), ?4, coalesce(?5, ''), coalesce(?6, ''));
