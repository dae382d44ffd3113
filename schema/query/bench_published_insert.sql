INSERT INTO bench_published (source, record, time_ns, model, benchmark, variant, percent, precision, prompt_mode, published, title)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
