SELECT * FROM v_claim ORDER BY layer, probe;
