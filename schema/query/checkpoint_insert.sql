INSERT INTO checkpoint (source, sealed_bytes, bytes, count, closed, problem, last_ns)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
