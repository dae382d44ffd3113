-- How a machine keeps its link up, by daemons with packet sockets of their own: the key of a
-- wireless network (EAPOL), what a switch is told (LLDP, 802.2), the lease of its address (DHCP).
-- A session that makes a packet socket is not believed, see check_special_socket.
UPDATE flow SET explained = 'link management'
WHERE explained IS NULL AND (proto IN ('ethertype 0x888e', 'ethertype 0x88cc', '802.2')
	OR (proto = 'udp' AND ((sport = 68 AND dport = 67) OR (sport = 546 AND dport = 547))));
