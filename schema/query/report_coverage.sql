SELECT witness, from_ns, to_ns, state, lost
FROM coverage
ORDER BY witness, from_ns, to_ns, state
LIMIT ?1;
