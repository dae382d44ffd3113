INSERT INTO posture_known (kind, subject, name, wanted, flags, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
