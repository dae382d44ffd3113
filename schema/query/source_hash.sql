SELECT sha256 FROM source WHERE path = ?1 AND sha256 <> ''
UNION ALL SELECT sha256 FROM capture_file WHERE path = ?1 AND sha256 IS NOT NULL LIMIT 1;
