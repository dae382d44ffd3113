DELETE FROM app_log WHERE id = ?1;
