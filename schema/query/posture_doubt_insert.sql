INSERT INTO posture_doubt (source, record, why, example) VALUES (?1, ?2, ?3, ?4);
