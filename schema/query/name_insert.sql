INSERT INTO name (flow, name, how, time_ns, detail) VALUES (?1, ?2, ?3, ?4, ?5);
