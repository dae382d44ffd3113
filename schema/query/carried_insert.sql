INSERT INTO carried (time_ns, end_ns, number, proto, dst, dport, sport, state, errno, bytes_out, bytes_in, record)
VALUES (?1, ?2, coalesce(?3, 0), coalesce(?4, ''), coalesce(?5, ''), coalesce(?6, 0), ?7, coalesce(?8, ''), ?9, coalesce(?10, 0), coalesce(?11, 0), ?12);
