-- The ports that the rules speak of; any other is like the next one.
SELECT min(port) FROM (SELECT port FROM endpoint WHERE port > ?1 AND (host = '@local' OR host IS NULL)) HAVING count(*) > 0;
