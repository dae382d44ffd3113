SELECT count(*) FROM source WHERE id = ?1 AND reader = 'etl';
