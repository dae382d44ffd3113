SELECT s.path, k.sealed_bytes, k.bytes, k.count, k.closed, k.problem, k.last_ns
FROM checkpoint k
LEFT JOIN source s ON s.id = k.source
ORDER BY s.path;
