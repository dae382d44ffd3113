-- One more of what a reader could not read, by source and reason. A count stays where sums
-- of many of them cannot run over: a file can claim to have dropped any number of packets.
INSERT INTO skipped (source, reason, count, first_record, example) VALUES (?1, ?2, min(?5, 1125899906842624), ?3, ?4)
ON CONFLICT (source, reason) DO UPDATE SET count = min(count + excluded.count, 1125899906842624);
