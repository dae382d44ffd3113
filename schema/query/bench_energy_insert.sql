INSERT INTO bench_energy (source, record, time_ns, model, joules, meter, wall_ns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
