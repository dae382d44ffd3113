INSERT INTO posture_way (source, record, family, outcome, why, holes, hole) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
