INSERT INTO posture_listener (source, record, proto, address, reach, port, pid, process) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
