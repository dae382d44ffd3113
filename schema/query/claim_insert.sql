INSERT INTO claim (layer, probe) VALUES (?1, ?2);
