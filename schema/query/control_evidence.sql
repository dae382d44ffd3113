-- Which kinds of evidence this run holds, E1 to E10, in the order of their numbers. E4 is a probe
-- of which it is known what became of it; E10 a person gives, never this tool.
SELECT
	EXISTS (SELECT 1 FROM tool_run WHERE tool IN ('firewall-rules', 'pfctl-rules', 'nft', 'iptables', 'ip6tables') AND status = 0 AND size > 0)
		OR EXISTS (SELECT 1 FROM posture_item WHERE what IN ('nft', 'iptables', 'ip6tables', 'pf-rules', 'netsh') AND state IN ('read', 'recorded')),
	EXISTS (SELECT 1 FROM witness WHERE name IN ('kernel', 'etw', 'seccomp') AND state = 'on') AND EXISTS (SELECT 1 FROM attempt WHERE suite = 0 AND process IS NOT NULL),
	EXISTS (SELECT 1 FROM source WHERE reader IN ('pcap', 'pcapng') AND records > 0) OR
		(EXISTS (SELECT 1 FROM witness WHERE name = 'packets' AND state = 'on') AND EXISTS (SELECT 1 FROM flow)),
	EXISTS (SELECT 1 FROM challenge WHERE result IN ('stopped', 'left', 'arrived')),
	EXISTS (SELECT 1 FROM app_log WHERE role = 'audit' AND problem IS NULL AND events > 0) AND EXISTS (SELECT 1 FROM match WHERE app_event IS NOT NULL),
	EXISTS (SELECT 1 FROM session WHERE name = 'clock_synchronised' AND value = 'true'),
	EXISTS (SELECT 1 FROM image WHERE sha256 IS NOT NULL),
	EXISTS (SELECT 1 FROM checkpoint WHERE closed = 1 AND problem IS NULL),
	EXISTS (SELECT 1 FROM coverage),
	0;
