SELECT host, fingerprint, pinned FROM host WHERE name = $1 {locked};
