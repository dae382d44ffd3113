-- The name in the packets of a flow (?1), the first of them; what only a lookup gave is no name in them.
SELECT name, how, coalesce(detail, '') FROM name WHERE flow = ?1 AND name <> '' AND how <> 'dns' ORDER BY id LIMIT 1;
