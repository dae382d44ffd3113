SELECT * FROM v_name ORDER BY id;
