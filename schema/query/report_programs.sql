-- The programs that the processes in the scope ran, with their hashes.
SELECT p.exe, i.sha256, i.problem, count(DISTINCT p.pid), count(*) OVER () AS programs
FROM process p
LEFT JOIN image i ON i.id = p.image
WHERE (p.in_cgroup = 1 OR p.in_tree = 1 OR (SELECT value FROM session WHERE name = 'scope') = 'host') AND p.exe IS NOT NULL
GROUP BY p.exe, i.sha256, i.problem
ORDER BY p.exe, i.sha256, i.problem
LIMIT ?1;
