-- A socket that was there before the watch began: a connection between the same ends, or a UDP
-- socket that sends to many. A listening one opens nothing by itself.
UPDATE flow SET explained = 'older socket'
WHERE explained IS NULL AND sport IS NOT NULL AND EXISTS (
	SELECT 1 FROM socket s WHERE s.moment = 'before' AND s.proto = flow.proto AND s.lport = flow.sport
		AND (s.local = flow.src OR s.local IN ('0.0.0.0', '::') OR s.local IS NULL)
		AND ((s.rport = flow.dport AND s.remote = flow.dst)
			OR (s.proto = 'udp' AND coalesce(s.rport, 0) = 0)));
