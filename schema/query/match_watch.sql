SELECT coalesce((SELECT cast(value AS INTEGER) FROM session WHERE name = 'watch_from_ns'), 0),
	coalesce((SELECT cast(value AS INTEGER) FROM session WHERE name = 'watch_to_ns'), 0);
