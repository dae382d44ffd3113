SELECT * FROM v_match ORDER BY id;
