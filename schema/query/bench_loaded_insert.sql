INSERT INTO bench_loaded (source, record, time_ns, model, size_bytes, size_vram_bytes, context)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
