SELECT * FROM v_flow ORDER BY id;
