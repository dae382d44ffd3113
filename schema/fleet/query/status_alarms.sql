-- v_fleet_alarm as of $1, from $3 on; $2: how far nights should lie apart, NULL for what is usual of each host. Of bundles, what began up
-- to $4: later than now is one whose clock is ahead, or that says so of itself, and hides nothing by that.
SELECT host, kind, severity, time_ns, night, bundle, detail FROM fleet_alarm WHERE time_ns <= $4 AND time_ns >= $3
UNION ALL
SELECT host, 'silent', 'INCONCLUSIVE', wanted_ns, {day} wanted_ns {/day}, CAST(NULL AS TEXT),
	'nothing came for half as long again as ' || CASE WHEN told = 1 THEN 'it should' ELSE 'usual' END || ', since the night of ' || night
FROM (SELECT h.name AS host, g.night, g.next_ns, g.began_ns + coalesce(CAST($2 AS {long}), u.usual_ns) AS wanted_ns,
		g.began_ns + coalesce(CAST($2 AS {long}), u.usual_ns) + coalesce(CAST($2 AS {long}), u.usual_ns) / 2 AS due_ns,
		CASE WHEN CAST($2 AS {long}) IS NOT NULL THEN 1 ELSE 0 END AS told
	FROM fleet_gap g JOIN host h ON h.host = g.host JOIN fleet_usual u ON u.host = g.host
	WHERE g.began_ns <= $1) d
WHERE due_ns <= $1 AND wanted_ns >= $3 AND coalesce(next_ns, $1) > due_ns
ORDER BY 4, 1, 2, 7;
