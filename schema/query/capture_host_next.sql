-- What a capture (?1) tells of the machine it was taken on, by address.
SELECT address, how, flows, of_flows FROM capture_host WHERE source = ?1 AND address > ?2 ORDER BY address LIMIT 1;
