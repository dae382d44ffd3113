SELECT witness AS "Witness", from_ns AS "From (UTC)", to_ns AS "To (UTC)", (to_ns - from_ns) / 1e9 AS "Seconds", state AS "State",
	lost AS "Lost", source AS "Evidence"
FROM v_coverage
ORDER BY witness, from_ns, to_ns;
