SELECT address FROM destination WHERE address > ?1 AND class = '' ORDER BY address LIMIT 1;
