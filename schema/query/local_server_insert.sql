INSERT INTO local_server (proto, port, first, since_ns) VALUES (?1, ?2, ?3, ?4);
