-- ?1 start of the time axis, ?2 its length (> 0), ?3 number of bins. A UDP socket that was
-- pointed at another machine and sent nothing stayed on this one.
SELECT coalesce(process, -pid, 0) AS lane,
	min(max((time_ns - ?1) / (?2 / ?3 + 1), 0), ?3 - 1) AS bin,
	CASE WHEN leaves = 0 AND class IS NOT NULL THEN 'own' ELSE coalesce(class, '') END AS place, count(*)
FROM attempt
WHERE suite = 0 AND in_session = 1
GROUP BY lane, bin, place
ORDER BY lane, bin, place;
