-- Its number is needed before its reader is known.
SELECT coalesce(max(id), 0) + 1 FROM source;
