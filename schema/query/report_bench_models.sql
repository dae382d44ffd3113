SELECT s.path AS source, m.model, m.digest, m.quantisation, m.parameters, m.family, m.size_bytes, m.context_max, m.template_sha256, m.tier
FROM bench_model m JOIN source s ON s.id = m.source
WHERE m.record = (SELECT max(record) FROM bench_model x WHERE x.source = m.source AND x.model = m.model)
ORDER BY m.source, m.record LIMIT ?1;
