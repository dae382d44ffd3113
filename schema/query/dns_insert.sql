INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, query_id, qname, qtype,
                 rcode, answers, flow, dir, packet, id, ttl)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17);
