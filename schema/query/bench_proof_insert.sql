INSERT INTO bench_proof (source, record, time_ns, name, tried, held, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
