SELECT address, ifindex, iface, from_ns FROM host_address ORDER BY from_ns, ifindex, address;
