SELECT * FROM v_past ORDER BY audit;
