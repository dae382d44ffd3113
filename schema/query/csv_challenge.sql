SELECT * FROM v_challenge ORDER BY id;
