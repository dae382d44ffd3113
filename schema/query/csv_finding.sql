SELECT * FROM v_finding ORDER BY id;
