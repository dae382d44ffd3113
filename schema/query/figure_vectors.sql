SELECT coalesce(vector, 'unclassified') AS "Vector", count(*) AS "Attempts to leave"
FROM attempt WHERE suite = 0 AND in_session = 1 AND leaves = 1
GROUP BY 1 ORDER BY 2 DESC, 1;
