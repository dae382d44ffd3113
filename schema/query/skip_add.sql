-- One more of what a reader could not read, by source and reason.
INSERT INTO skipped (source, reason, count, first_record, example) VALUES (?1, ?2, ?5, ?3, ?4)
ON CONFLICT (source, reason) DO UPDATE SET count = count + ?5;
