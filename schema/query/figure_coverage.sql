SELECT witness AS "Witness", round(sum(CASE state WHEN 'seeing' THEN to_ns - from_ns ELSE 0 END) / 1e9, 1) AS "Seconds seeing"
FROM coverage GROUP BY witness ORDER BY witness;
