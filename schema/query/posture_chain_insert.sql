INSERT INTO posture_chain (source, record, family, name, hook, priority, policy) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
