-- The last ?1 of them, this session among them.
SELECT audit, started_ns, verdict, attempts_leaving, seen_permille
FROM (SELECT * FROM v_past ORDER BY audit DESC LIMIT ?1)
ORDER BY audit;
