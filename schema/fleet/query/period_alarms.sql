-- As status_alarms.sql at $2, and what was refused without a time that it tells; the worst, then the latest first.
SELECT host, night, severity, kind, detail, bundle FROM (
	SELECT host, night, severity, kind, detail, bundle, time_ns FROM fleet_alarm
	WHERE time_ns >= $1 AND time_ns < $2 OR bundle IN (SELECT sha256 FROM refused WHERE began_ns IS NULL)
	UNION ALL
	SELECT h.name, {day} d.wanted_ns {/day}, 'INCONCLUSIVE', 'silent',
		'nothing came for half as long again as usual, since the night of ' || d.night, CAST(NULL AS TEXT), d.wanted_ns
	FROM fleet_due d JOIN host h ON h.host = d.host
	WHERE d.due_ns < $2 AND d.wanted_ns >= $1 AND d.began_ns < $2 AND coalesce(d.next_ns, CAST($2 AS {long})) > d.due_ns) a
ORDER BY CASE severity WHEN 'FAIL' THEN 0 WHEN 'INCONCLUSIVE' THEN 1 ELSE 2 END, night DESC, host, kind, detail;
