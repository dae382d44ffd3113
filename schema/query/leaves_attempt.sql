-- A UDP connect only names the other side; what is sent afterwards counts. A socket that
-- was only made has no destination yet.
UPDATE attempt SET leaves = suite = 0 AND class IN ('link_local', 'multicast', 'private', 'public')
	AND call <> 'socket' AND NOT (proto = 'udp' AND call = 'connect' AND coalesce(left_machine, 0) = 0);
