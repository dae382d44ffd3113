INSERT INTO verdict (verdict, scope, from_ns, to_ns, summary) VALUES (?1, ?2, ?3, ?4, ?5);
