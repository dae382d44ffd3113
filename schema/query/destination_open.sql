SELECT min(address) FROM destination WHERE address > ?1 AND class = '';
