SELECT * FROM v_posture ORDER BY id;
