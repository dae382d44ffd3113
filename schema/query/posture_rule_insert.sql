INSERT INTO posture_rule (source, record, place, family, chain, verdict, target, scope, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
