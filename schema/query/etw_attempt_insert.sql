-- What a session's own stream of events, or table of sockets, tells of one connection, or of the
-- datagrams between two ends.
INSERT INTO attempt (time_ns, witness, call, proto, src, sport, dst, dport, outcome, errno, pid, comm,
	in_cgroup, in_tree, in_session, suite, bytes_out, bytes_in, source, record, id)
VALUES (?1, ?20, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?17, ?18, ?19, ?12, ?13, ?14, ?15, ?16);
