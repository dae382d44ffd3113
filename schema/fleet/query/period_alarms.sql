-- As status_alarms.sql at $2, and what was refused without a time that it tells; the worst, then the latest first. $3: how far nights
-- should lie apart, NULL for what is usual of each host. A silence that began before $1 counts where it took a whole span of the period. What stands out of bundles is of
-- $4 to before $5: where the period is all that there is, also what was refused in front of it or behind it.
SELECT host, night, severity, kind, detail, bundle FROM (
	SELECT host, night, severity, kind, detail, bundle, time_ns FROM fleet_alarm
	WHERE time_ns >= $4 AND time_ns < $5 OR bundle IN (SELECT sha256 FROM refused WHERE began_ns IS NULL)
	UNION ALL
	SELECT host, {day} began_ns + apart_ns {/day}, 'INCONCLUSIVE', 'silent',
		'nothing came for half as long again as ' || CASE WHEN told = 1 THEN 'it should' ELSE 'usual' END || ', since the night of ' || night,
		CAST(NULL AS TEXT), began_ns + apart_ns
	FROM (SELECT h.name AS host, g.night, g.began_ns, coalesce(g.next_ns, CAST($2 AS {long})) AS next_ns,
			coalesce(CAST($3 AS {long}), u.usual_ns) AS apart_ns, CASE WHEN CAST($3 AS {long}) IS NOT NULL THEN 1 ELSE 0 END AS told
		FROM fleet_gap g JOIN host h ON h.host = g.host JOIN fleet_usual u ON u.host = g.host
		WHERE g.began_ns < $2) d
	WHERE began_ns + apart_ns + apart_ns / 2 < $2 AND next_ns > began_ns + apart_ns + apart_ns / 2
		AND (began_ns + apart_ns >= $1 OR CASE WHEN next_ns < $2 THEN next_ns ELSE CAST($2 AS {long}) END - apart_ns >= $1)) a
ORDER BY CASE severity WHEN 'FAIL' THEN 0 WHEN 'INCONCLUSIVE' THEN 1 ELSE 2 END, night DESC, host, kind, detail;
