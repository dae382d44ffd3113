-- What held, and the names of what did not.
SELECT coalesce(sum(held), 0), count(*), (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT name FROM bench_proof WHERE held = 0 LIMIT 16))
FROM bench_proof;
