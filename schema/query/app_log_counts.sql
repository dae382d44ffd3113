UPDATE app_log SET lines = ?2, events = ?3, other = ?4, unread = ?5 WHERE id = ?1;
