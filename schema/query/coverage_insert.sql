INSERT INTO coverage (witness, from_ns, to_ns, state, lost) VALUES (?1, ?2, ?3, ?4, ?5);
