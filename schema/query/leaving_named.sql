-- The names that stood in an attempt's own flows, backwards: the first one counts.
SELECT n.id, n.name, a.id, coalesce(a.dport, -1)
FROM name n JOIN flow f ON f.id = n.flow JOIN attempt a ON a.id = f.attempt
WHERE n.id < ?1 AND n.name <> '' AND a.leaves = 1
ORDER BY n.id DESC LIMIT 1;
