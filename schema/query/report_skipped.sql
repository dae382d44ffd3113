SELECT s.path, k.reason, k.count, k.first_record, k.example
FROM skipped k
LEFT JOIN source s ON s.id = k.source
ORDER BY s.path, k.reason
LIMIT ?1;
