SELECT id, dport FROM canary WHERE round = ?1 AND proto = 'tcp';
