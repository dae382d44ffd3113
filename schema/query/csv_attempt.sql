SELECT * FROM v_attempt ORDER BY id;
