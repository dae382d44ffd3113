SELECT path, sha256 FROM source WHERE size = ?1 ORDER BY id;
