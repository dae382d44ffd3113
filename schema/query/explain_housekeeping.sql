-- What the kernel sends by itself, of no process: address resolution, neighbour and
-- router discovery, group membership.
UPDATE flow SET explained = 'kernel housekeeping'
WHERE explained IS NULL AND (proto IN ('arp', 'igmp')
	OR (proto = 'icmp6' AND (state LIKE 'neighbour%' OR state LIKE 'router%' OR state LIKE 'mld%')));
