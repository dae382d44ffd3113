-- The process ?1 and those above it, at most ?2 of them: what each parent ran when it made
-- the child.
WITH RECURSIVE above (id, depth) AS (
	SELECT ?1, 0
	UNION ALL SELECT (SELECT q.id FROM process q WHERE q.pid = p.ppid AND q.pid <> p.pid AND q.first_ns <= p.first_ns ORDER BY q.first_ns DESC LIMIT 1), depth + 1
	FROM above JOIN process p ON p.id = above.id WHERE depth < ?2
)
SELECT p.exe, p.comm, p.in_tree = 1 OR p.in_cgroup = 1 FROM above JOIN process p ON p.id = above.id ORDER BY depth;
