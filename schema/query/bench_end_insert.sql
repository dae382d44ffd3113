INSERT INTO bench_end (source, record, time_ns, complete, interrupted) VALUES (?1, ?2, ?3, ?4, ?5);
