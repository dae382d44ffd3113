SELECT call, in_session FROM attempt WHERE id = ?1;
