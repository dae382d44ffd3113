SELECT * FROM v_coverage ORDER BY witness, from_ns, to_ns;
