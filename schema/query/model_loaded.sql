-- How a model lay in memory: as it was told last, and the largest share that was not in VRAM. On
-- a machine without a GPU nothing spills: it is all where it can be.
SELECT (SELECT context FROM bench_loaded WHERE source = ?1 AND model = ?2 AND context IS NOT NULL ORDER BY record DESC LIMIT 1),
	(SELECT size_vram_bytes FROM bench_loaded WHERE source = ?1 AND model = ?2 AND size_vram_bytes IS NOT NULL ORDER BY record DESC LIMIT 1),
	(SELECT max(CASE WHEN size_vram_bytes < size_bytes THEN 1.0 - 1.0 * size_vram_bytes / size_bytes ELSE 0.0 END)
		FROM bench_loaded WHERE source = ?1 AND model = ?2 AND size_bytes > 0 AND size_vram_bytes IS NOT NULL
			AND EXISTS (SELECT 1 FROM bench_gpu WHERE source = ?1)),
	(SELECT total(joules) FROM bench_energy WHERE source = ?1 AND model = ?2),
	(SELECT total(tokens) FROM bench_answer WHERE source = ?1 AND model = ?2);
