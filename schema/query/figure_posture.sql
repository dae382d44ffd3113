SELECT state AS "Posture", count(*) AS "Checks" FROM v_posture GROUP BY state ORDER BY state;
