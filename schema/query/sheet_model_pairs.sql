-- McNemar's test over the first answer of each, two-sided, not corrected for their number.
SELECT model_a AS "First", model_b AS "Second", problem_set AS "Suite", tasks AS "Tasks", both AS "Both", only_a AS "First alone",
	only_b AS "Second alone", neither AS "Neither", round(p_exact, 4) AS "p, exact", round(p_mid, 4) AS "p, mid"
FROM v_model_pair
ORDER BY source, model_a, model_b, problem_set = 'all' DESC, problem_set;
