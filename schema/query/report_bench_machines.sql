SELECT s.path AS source, m.processor, m.memory_bytes, m.tier, m.tier_from, m.tier_bytes, m.warning, m.notes,
	(SELECT json_group_array(json_object('name', g.name, 'vendor', g.vendor, 'total_bytes', g.total_bytes, 'free_bytes', g.free_bytes,
		'unified', json(CASE WHEN g.unified THEN 'true' ELSE 'false' END), 'told_by', g.told_by))
	 FROM (SELECT * FROM bench_gpu WHERE source = m.source AND record = m.record ORDER BY place) g) AS gpus,
	(SELECT group_concat(g.name || printf(' (%.1f GiB)', g.total_bytes / 1073741824.0), ', ')
	 FROM (SELECT * FROM bench_gpu WHERE source = m.source AND record = m.record ORDER BY place) g) AS gpus_text
FROM bench_machine m JOIN source s ON s.id = m.source
WHERE m.record = (SELECT max(record) FROM bench_machine x WHERE x.source = m.source)
ORDER BY m.source;
