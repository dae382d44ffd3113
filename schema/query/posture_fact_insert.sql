INSERT INTO posture_fact (source, record, name, value, reach, host) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
