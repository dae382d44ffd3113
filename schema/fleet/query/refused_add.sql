INSERT INTO refused (sha256, path, kind, why, host, session, began_ns, ended_ns, fingerprint, refused_ns)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT DO NOTHING;
