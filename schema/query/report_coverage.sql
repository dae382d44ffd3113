SELECT witness, from_ns, to_ns, state, lost, source
FROM v_coverage
ORDER BY witness, from_ns, to_ns, state, source
LIMIT ?1;
