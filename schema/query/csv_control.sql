SELECT * FROM v_control ORDER BY framework, control, objective;
