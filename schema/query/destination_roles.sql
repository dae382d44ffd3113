-- What the machine was set up to ask or to send by, and else the name servers that it was seen
-- asking. A proxy is told by the variables of the environment, of units and of processes; one
-- that is told by name, by what lookups gave for it.
WITH proxy (host) AS MATERIALIZED (
	SELECT DISTINCT lower(host) FROM posture_setting WHERE host <> '' AND reach NOT IN ('loopback', 'any')
		AND (lower(replace(name, 'env.', '')) IN ('http_proxy', 'https_proxy', 'all_proxy', 'ftp_proxy') OR name = 'http.proxy')
), told (address, role) AS MATERIALIZED (
	SELECT address, role FROM host_role
	UNION SELECT value, CASE name WHEN 'gateway' THEN 'gateway' ELSE 'resolver' END FROM posture_setting
		WHERE (what IN ('route4', 'route6') AND name = 'gateway') OR (what = 'resolv-conf' AND name = 'nameserver') OR what = 'resolvectl'
	UNION SELECT host, 'proxy' FROM proxy
	UNION SELECT r.address, 'proxy' FROM proxy JOIN resolved r ON r.name = proxy.host COLLATE NOCASE
)
UPDATE destination SET role = coalesce(
	(SELECT group_concat(role, ' and ') FROM (SELECT role FROM told t WHERE t.address = destination.address ORDER BY role)),
	'name server')
WHERE address IN (SELECT address FROM told)
	OR address IN (SELECT server FROM dns WHERE dir = 'out' AND transport IN ('udp', 'tcp', 'dot', 'client'));
