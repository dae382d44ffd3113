INSERT INTO isolation_open (time_ns, path, reason, record) VALUES (?1, coalesce(?2, ''), coalesce(?3, ''), ?4);
