-- Where the log says that there was one, its absence is told too.
SELECT (SELECT count(*) FROM posture_item) + (SELECT count(*) FROM session WHERE name = 'posture_sha256');
