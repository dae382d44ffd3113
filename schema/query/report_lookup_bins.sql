-- Lookups over time. ?1 start of the time axis, ?2 its length (> 0), ?3 number of bins. What
-- is not known to have stayed or come in counts as leaving, as in report_counts.sql.
SELECT min(max((d.time_ns - ?1) / (?2 / ?3 + 1), 0), ?3 - 1) AS bin,
	CASE coalesce(d.dir, CASE WHEN f.dir_how = 'passing' THEN 'in' END) WHEN 'local' THEN 1 WHEN 'in' THEN 2 ELSE 0 END AS way,
	count(*)
FROM dns d
LEFT JOIN flow f ON f.id = d.flow
LEFT JOIN attempt a ON a.id = f.attempt
WHERE coalesce(a.suite, 0) = 0
GROUP BY bin, way
ORDER BY bin, way;
