UPDATE dns SET vector = 'name_lookup', class = (SELECT class FROM destination t WHERE t.address = dns.server);
