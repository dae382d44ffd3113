INSERT INTO canary (round, time_ns, end_ns, proto, src, sport, dst, dport)
VALUES (coalesce(?1, 0), ?2, coalesce(?3, ?2), coalesce(?4, ''), coalesce(?5, ''), coalesce(?6, 0), coalesce(?7, ''), coalesce(?8, 0));
