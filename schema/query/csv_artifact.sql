SELECT * FROM v_artifact ORDER BY path;
