-- Windows counts bytes of a connection when they are sent, and a connection is only made where
-- packets went both ways.
UPDATE attempt SET left_machine = 1
WHERE witness = 'etw' AND in_session = 1 AND class IN ('link_local', 'multicast', 'private', 'public')
	AND (bytes_out > 0 OR (proto = 'tcp' AND outcome = 'ok'));
