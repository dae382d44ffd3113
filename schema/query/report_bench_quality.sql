-- One row a model: all of its tasks, its speed and its place in memory.
SELECT g.model, g.pass_at_1, g.interval_low, g.interval_high, v.tokens_per_s, v.vram_bytes
FROM model_group g
LEFT JOIN model_speed v ON v.source = g.source AND v.model = g.model
WHERE g.grouped_by = 'all' AND g.pass_at_1 IS NOT NULL
ORDER BY g.source, g.model LIMIT ?1;
