SELECT call FROM attempt WHERE id = ?1;
