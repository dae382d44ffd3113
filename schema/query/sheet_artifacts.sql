SELECT path AS "File", size AS "Bytes", sha256 AS "SHA-256", what AS "What it is", collected_ns AS "Collected (UTC)"
FROM artifact
ORDER BY path;
