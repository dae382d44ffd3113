-- What the kernel sends by itself, of no process: address resolution, neighbour and router
-- discovery, group membership. But for neighbours, all of it goes to groups or to the link.
UPDATE flow SET explained = 'kernel housekeeping'
WHERE explained IS NULL AND (proto = 'arp' OR (proto = 'igmp' AND class = 'multicast')
	OR (proto = 'icmp6' AND (state LIKE 'neighbour%'
		OR ((state LIKE 'router%' OR state LIKE 'mld%') AND class IN ('multicast', 'link_local')))));
