-- What was aimed at other machines, by the kind of thing it was.
SELECT vector, count(*), sum(allowed)
FROM attempt
WHERE suite = 0 AND in_session = 1 AND leaves = 1
GROUP BY vector
ORDER BY vector;
