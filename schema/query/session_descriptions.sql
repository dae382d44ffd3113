-- Names and SHA-256 of the site's descriptions of logs that a session was started with.
SELECT substr(name, 17), value FROM session WHERE name GLOB 'log_description.*' ORDER BY name;
