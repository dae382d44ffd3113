SELECT outcome AS "Cross-check", count(*) AS "Records" FROM match GROUP BY outcome ORDER BY outcome;
