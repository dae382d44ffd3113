SELECT h.name, b.began_ns, b.ended_ns, b.verdict, b.attempts, b.leaving, b.sha256, b.path, b.scope, b.tool, b.vouched, b.fingerprint, b.session
FROM bundle b
JOIN host h ON h.host = b.host
WHERE b.began_ns >= $1 AND b.began_ns < $2
ORDER BY h.name, b.began_ns, b.number;
