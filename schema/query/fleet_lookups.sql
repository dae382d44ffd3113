SELECT id, source, time_ns, client, server, sport, dport, transport, query_id, qname, qtype, rcode, answers, dir, in_session, class, vector
FROM v_dns;
