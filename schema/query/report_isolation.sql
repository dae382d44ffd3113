SELECT what, name, held, detail, time_ns FROM v_isolation ORDER BY what <> 'open', what <> 'proof', time_ns, name LIMIT ?1;
