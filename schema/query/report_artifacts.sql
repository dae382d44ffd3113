SELECT path, size, sha256, what, collected_ns FROM artifact ORDER BY path LIMIT ?1;
