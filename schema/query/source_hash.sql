SELECT sha256 FROM source WHERE path = ?1 AND sha256 <> '' LIMIT 1;
