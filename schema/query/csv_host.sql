SELECT * FROM v_host ORDER BY source, address;
