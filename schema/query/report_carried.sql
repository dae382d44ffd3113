SELECT number, time_ns, end_ns, proto, dst, dport, sport, state, errno, bytes_out, bytes_in FROM v_carried ORDER BY number LIMIT ?1;
