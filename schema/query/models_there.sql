SELECT EXISTS (SELECT 1 FROM source WHERE reader = 'benchmark');
