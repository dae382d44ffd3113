INSERT INTO loss (time_ns, witness, lost) VALUES (?1, ?2, ?3);
