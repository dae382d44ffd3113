-- Is there a name that both addresses belong to?
SELECT 1 FROM resolved a JOIN resolved b ON b.name = a.name COLLATE NOCASE AND b.address = ?2
WHERE a.address = ?1 LIMIT 1;
