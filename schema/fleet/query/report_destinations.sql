SELECT destination AS "Destination", leaving AS "Attempts to leave", allowed AS "Of them allowed", hosts AS "Hosts", nights AS "Nights",
	first_ns AS "First (UTC)", last_ns AS "Last (UTC)"
FROM v_fleet_destination WHERE leaving > 0 ORDER BY leaving DESC, destination LIMIT 10001;
