-- What of a file was not read, or lost before it was written.
SELECT sum(count) FROM skipped WHERE source = ?1;
