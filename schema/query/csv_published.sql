SELECT * FROM v_published;
