INSERT INTO isolation_proof (name, tried, held, detail, record)
VALUES (coalesce(?1, ''), coalesce(?2, ''), ?3, coalesce(?4, ''), ?5);
