-- One that tells no time of its own belongs to every period.
SELECT host, kind, why, path, began_ns, ended_ns, refused_ns, sha256 FROM refused
WHERE began_ns IS NULL OR (began_ns >= $1 AND began_ns < $2)
ORDER BY host, coalesce(began_ns, refused_ns), path, sha256;
