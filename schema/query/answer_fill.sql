-- What a lookup said holds from then on for as long as it may be kept, and for a grace of five
-- minutes: programs keep connections, and browsers addresses, a little longer. At most a week.
INSERT OR IGNORE INTO answer (address, time_ns, until_ns, name, how)
SELECT j.value, d.time_ns, d.time_ns + 300000000000 + min(coalesce(d.ttl, 0), 604800) * 1000000000, d.qname, 'lookup'
FROM dns d, json_each(d.answers) j
WHERE json_valid(d.answers) AND d.qname <> '' AND d.qtype IN ('A', 'AAAA') AND j.type = 'text';
