INSERT INTO bench_gpu (source, record, place, name, vendor, total_bytes, free_bytes, unified, told_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, coalesce(?8, 0), ?9);
