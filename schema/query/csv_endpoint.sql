SELECT * FROM v_endpoint ORDER BY rule;
