-- The best name there is for an address: of a flow to it, or of a lookup that gave it.
SELECT coalesce(
	(SELECT n.name FROM flow f JOIN name n ON n.flow = f.id WHERE f.dst = ?1 AND n.name <> '' ORDER BY n.id LIMIT 1),
	(SELECT r.name FROM resolved r WHERE r.address = ?1 ORDER BY r.time_ns LIMIT 1), '');
