-- Addresses that only lookups and logs speak of; what is longer than any is none.
INSERT OR IGNORE INTO destination (address, class)
SELECT address, '' FROM (SELECT server AS address FROM dns UNION SELECT dst FROM app_event)
WHERE address <> '' AND length(CAST(address AS BLOB)) <= 64 AND instr(address, char(0)) = 0;
