INSERT INTO egress (time_ns, cookie, proto, src, sport, dst, dport, ifindex, size, in_cgroup, attempt,
	source, record)
VALUES (?1, coalesce(?2, 0), coalesce(?3, 'other'), coalesce(?4, ''), ?5, coalesce(?6, ''), ?7,
	coalesce(?8, 0), coalesce(?9, 0), ?10, ?11, ?12, ?13);
