-- One lane a process of the session that tried anything, those that tried to reach
-- another machine first.
SELECT coalesce(a.process, -a.pid, 0) AS lane, a.pid, max(a.comm), max(p.exe), count(*),
	sum(a.leaves) AS leaving, count(*) OVER () AS lanes
FROM attempt a
LEFT JOIN process p ON p.id = a.process
WHERE a.suite = 0 AND a.in_session = 1
GROUP BY lane
ORDER BY leaving > 0 DESC, min(a.time_ns), lane
LIMIT ?1;
