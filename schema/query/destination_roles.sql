-- What the machine was set up to ask, and else the name servers that it was seen asking.
UPDATE destination SET role = coalesce(
	(SELECT group_concat(role, ' and ') FROM (SELECT DISTINCT role FROM host_role h WHERE h.address = destination.address ORDER BY role)),
	CASE WHEN address IN (SELECT server FROM dns WHERE dir = 'out' AND transport IN ('udp', 'tcp', 'dot', 'client')) THEN 'name server' END);
