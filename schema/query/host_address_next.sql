SELECT DISTINCT address FROM host_address ORDER BY address LIMIT -1 OFFSET ?1;
