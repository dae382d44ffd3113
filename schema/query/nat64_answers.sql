-- What was answered to the name by which a network tells its prefix (RFC 7050).
SELECT DISTINCT j.value FROM dns d, json_each(d.answers) j
WHERE d.qname = 'ipv4only.arpa' COLLATE NOCASE AND d.qtype = 'AAAA' AND json_valid(d.answers) AND j.type = 'text' LIMIT 16;
