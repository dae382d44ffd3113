SELECT * FROM v_past_destination ORDER BY destination;
