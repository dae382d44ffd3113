INSERT OR IGNORE INTO resolved (address, name, time_ns)
SELECT j.value, d.qname, d.time_ns FROM dns d, json_each(d.answers) j
WHERE json_valid(d.answers) AND d.qname IS NOT NULL AND d.qtype IN ('A', 'AAAA') AND j.type = 'text';
