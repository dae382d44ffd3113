SELECT s.path AS source, p.name, p.tried, p.held, p.detail FROM bench_proof p JOIN source s ON s.id = p.source
ORDER BY p.source, p.record LIMIT ?1;
