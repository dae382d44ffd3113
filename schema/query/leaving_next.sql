-- The next attempt that leaves, with the best name there is for its destination: of its
-- own flow, of another flow to the same address, or of a lookup that gave the address.
SELECT a.id, a.dst, a.dport, a.proto, coalesce(
	(SELECT n.name FROM flow f JOIN name n ON n.flow = f.id WHERE f.attempt = a.id ORDER BY n.id LIMIT 1),
	(SELECT n.name FROM flow f JOIN name n ON n.flow = f.id WHERE f.dst = a.dst ORDER BY n.id LIMIT 1),
	(SELECT r.name FROM resolved r WHERE r.address = a.dst ORDER BY r.time_ns LIMIT 1), '')
FROM attempt a
WHERE a.id > ?1 AND a.leaves = 1
ORDER BY a.id LIMIT 1;
