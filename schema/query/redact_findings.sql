-- How many findings of each check, and what they do to the verdict.
SELECT group_concat(check_id || ' ' || effect || ' ' || n, '; ')
FROM (SELECT check_id, effect, count(*) AS n FROM finding GROUP BY check_id, effect ORDER BY check_id, effect);
