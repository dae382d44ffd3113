INSERT INTO bundle (host, number, month, sha256, session, content, path, size, began_ns, ended_ns, night, verdict, scope, tool,
	fingerprint, vouched, sealed_ns, stamp_ns, keep_until, added_ns, attempts, leaving, lookups, failing, undecided, seen_permille)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26);
