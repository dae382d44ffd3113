UPDATE host SET fingerprint = $2, pinned = $3 WHERE host = $1;
