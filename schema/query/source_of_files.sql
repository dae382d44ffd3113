-- The source of a capture of several files is named after the first one, and is its size and hash.
UPDATE source SET size = ?2, sha256 = ?3 WHERE id = ?1;
