-- What was aimed at another machine; and, wherever it was aimed, what was seen on an
-- interface other than the loopback: addresses are translated on the way, and move. A UDP
-- connect only names the other side; what is sent afterwards counts. A socket that was only
-- made has no destination yet; what a trace tells of datagrams received has none at all, nor has
-- what a trace that somebody brought tells of a connection in which nothing was sent.
UPDATE attempt SET leaves = suite = 0 AND call NOT IN ('socket', 'inherited') AND (coalesce(left_machine, 0) = 1
	OR (coalesce(class, '') IN ('link_local', 'multicast', 'private', 'public')
		AND NOT (proto = 'udp' AND call = 'connect')
		AND NOT (call = 'recv' AND (proto <> 'tcp' OR source IN (SELECT id FROM source WHERE reader = 'etl')))));
