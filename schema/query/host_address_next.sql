SELECT min(address) FROM host_address WHERE address > ?1;
