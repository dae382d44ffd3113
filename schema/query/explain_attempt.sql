-- By the whole five-tuple: the last attempt before the first packet. Only what was seen by a
-- witness of the session explains; a trace that somebody brought does not.
UPDATE flow SET attempt = (
	SELECT a.id FROM attempt a
	WHERE a.dst = flow.dst AND a.dport IS flow.dport AND a.proto = flow.proto AND a.sport = flow.sport
		AND a.time_ns <= flow.first_ns + 1000000000 AND a.source NOT IN (SELECT id FROM source WHERE reader = 'etl')
	ORDER BY a.time_ns DESC, a.id DESC LIMIT 1)
WHERE attempt IS NULL;
