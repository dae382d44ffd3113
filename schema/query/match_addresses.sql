-- The addresses that a name belongs to, by its packets and by lookups.
SELECT f.dst FROM name n JOIN flow f ON f.id = n.flow WHERE n.name = ?1 COLLATE NOCASE AND n.name <> ''
UNION SELECT r.address FROM resolved r WHERE r.name = ?1 COLLATE NOCASE
ORDER BY 1 LIMIT 64;
