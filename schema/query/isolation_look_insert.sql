INSERT INTO isolation_look (time_ns, round, held, detail) VALUES (?1, coalesce(?2, 0), ?3, coalesce(?4, ''));
