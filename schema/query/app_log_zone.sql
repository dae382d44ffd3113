SELECT coalesce(zone, '-') FROM app_log WHERE id = ?1;
