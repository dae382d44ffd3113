SELECT name, canaries FROM witness WHERE name > ?1 AND canaries = 1 ORDER BY name LIMIT 1;
