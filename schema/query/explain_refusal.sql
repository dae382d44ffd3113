-- What the kernel answers to a packet that it cannot take: it says so to whoever sent that, a
-- moment after. The packet stands in a flow of its own.
UPDATE flow SET explained = 'kernel housekeeping'
WHERE explained IS NULL AND proto IN ('icmp', 'icmp6') AND dir = 'out'
	AND state IN ('destination unreachable', 'time exceeded', 'parameter problem', 'packet too big')
	AND (EXISTS (SELECT 1 FROM flow f WHERE f.src = flow.dst AND f.dir = 'in'
			AND f.first_ns <= flow.first_ns AND f.last_ns >= flow.first_ns - 2000000000)
		OR EXISTS (SELECT 1 FROM flow f WHERE f.dst = flow.dst AND f.dir = 'out' AND f.explained IS NOT NULL AND f.packets_in > 0
			AND f.first_ns <= flow.first_ns AND f.last_ns >= flow.first_ns - 2000000000));
