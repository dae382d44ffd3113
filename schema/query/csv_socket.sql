SELECT * FROM v_socket ORDER BY id;
