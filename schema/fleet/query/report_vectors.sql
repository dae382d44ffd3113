SELECT vector AS "Vector", attempts AS "Attempts to leave", allowed AS "Of them allowed", hosts AS "Hosts", nights AS "Nights",
	first_ns AS "First (UTC)", last_ns AS "Last (UTC)"
FROM v_fleet_vector ORDER BY attempts DESC, vector;
