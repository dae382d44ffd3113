INSERT INTO bench_server (source, record, time_ns, url, server, name, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
