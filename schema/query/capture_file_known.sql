-- One that no reader got to (it stands behind a packed one, or the decoder ended before) holds nothing that was read.
INSERT INTO capture_file (source, place, packets, number, path, size, sha256) VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6)
ON CONFLICT (source, place) DO UPDATE SET number = excluded.number, path = excluded.path, size = excluded.size, sha256 = excluded.sha256;
