INSERT INTO host_address (address, ifindex, iface, from_ns) VALUES (?1, ?2, ?3, ?4);
