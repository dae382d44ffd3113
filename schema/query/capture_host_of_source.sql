-- What a capture (?1) tells of the machine it was taken on.
SELECT address, how, flows, of_flows FROM capture_host WHERE source = ?1 ORDER BY address;
