-- A socket that was there before the watch began.
UPDATE flow SET explained = 'older socket'
WHERE explained IS NULL AND sport IS NOT NULL AND EXISTS (
	SELECT 1 FROM socket s WHERE s.moment = 'before' AND s.proto = flow.proto AND s.lport = flow.sport
		AND (s.rport IS NULL OR s.rport = 0 OR (s.rport = flow.dport AND s.remote = flow.dst)));
