SELECT outcome, count(*) FROM match GROUP BY outcome ORDER BY outcome;
