INSERT INTO bench_machine (source, record, time_ns, memory_bytes, processor, tier, tier_from, tier_bytes, warning, notes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
