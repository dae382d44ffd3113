SELECT id, time_ns, client, sport, server, dport, qname, qtype, rcode, transport, dir, coalesce(vector_of_name, vector), pid
FROM v_dns
ORDER BY id;
