SELECT * FROM v_app_event ORDER BY id;
