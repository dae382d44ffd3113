SELECT row_number() OVER (), witness, from_ns, to_ns, state, lost, source FROM v_coverage;
