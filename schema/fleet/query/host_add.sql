-- Two who add one at once: the second adds none, and finds none, and tries again.
INSERT INTO host (host, name, fingerprint, pinned)
SELECT coalesce(max(host), 0) + 1, CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT) FROM host
WHERE 1 = 1
ON CONFLICT DO NOTHING;
