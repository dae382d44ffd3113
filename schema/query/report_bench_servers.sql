SELECT s.path AS source, b.url, b.server, b.name, b.version FROM bench_server b JOIN source s ON s.id = b.source
ORDER BY b.source, b.record;
