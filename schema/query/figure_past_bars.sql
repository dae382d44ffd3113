-- The last sixty sessions of the host, where there are earlier ones.
SELECT CASE this_session WHEN 1 THEN 'this session' ELSE strftime('%Y-%m-%d %H:%M', started_ns / 1000000000, 'unixepoch') END AS "Session",
	coalesce(attempts_leaving, 0) AS "Attempts to leave"
FROM (SELECT * FROM v_past ORDER BY audit DESC LIMIT 60)
ORDER BY audit;
