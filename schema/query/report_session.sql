SELECT name, value FROM session ORDER BY name;
